intake-title = Import a file
intake-page-lead = Bring a list of officials from Excel into the register. The file is read and compared first; nothing is written until you agree.
intake-unit-hint = The unit of the people in the file, with the units below it. Choose one to be offered those below it.
intake-day = List is true on
intake-day-hint = Posts without a first day of their own begin on this day.
intake-mode = This file has
intake-mode-changes = Some people: add and update
intake-mode-everything = Everybody of the unit: report who is not in it
intake-file = File
intake-file-hint = XLSX, XLS, ODS or CSV, at most 80 MB. TCVN3 and VNI letters, merged cells and totals are understood.
intake-read = Read the file
intake-read-again = Save and read again
intake-taken = Files taken in
intake-none = No file yet.
intake-state = State
intake-state-taken = Not compared yet
intake-state-ready = Compared, not written
intake-state-carried = Written
intake-state-undone = Undone
intake-lead = { $unit } · true on { $day } · { $mode } · brought in by { $who }, { $when }
intake-no-file = Choose a file that holds something.
intake-too-large = The file is larger than 80 MB. Save the sheet that is needed and send it alone.
intake-stage-opening = Opening the file
intake-stage-reading = Reading rows
intake-stage-comparing = Comparing with the register
intake-stage-writing = Writing
intake-stop = Stop
intake-counts = Compared with the register
intake-count-rows = rows
intake-count-new = new people
intake-count-changed = with changes
intake-count-same = unchanged
intake-count-faulty = rows with faults
intake-count-absent = not in the file
intake-missing = No column and no stand-in for:
intake-missing-fix = Choose a column or a stand-in
intake-faults = To be mended
intake-fault-list = Faults
intake-fault-sheet = Sheet
intake-fault-cell = Cell
intake-fault-field = Field
intake-fault-read = Read
intake-fault-why = Why, and what to do
intake-note-why = Note
intake-notes = Notes
intake-notes-show = Worth a look; they do not keep the file from being written
intake-more = { $count ->
    [one] One more; the marked file has all.
   *[other] { $n } more; the marked file has all.
}
intake-lines = To be written
intake-lines-done = Written
intake-line = Row
intake-line-new = New person
intake-line-changed = Changes
intake-what = What
intake-absent = Not in the file
intake-absent-lead = These people work in the unit by the register but are not in the file. Nobody is removed; who has left or moved is recorded in the person's record.
intake-how = How the file was read
intake-sheet = Sheet
intake-header = Header row
intake-header-hint = Row numbers as in Excel, for example 5, or 5-6 for a header of two levels.
intake-bad-header = Write row numbers, for example 5 or 5-6.
intake-format = Format
intake-fonts = Converted from
intake-columns = Columns
intake-left-out = Left out
intake-left-title = title rows
intake-left-header = header rows
intake-left-header_again = repeated headers
intake-left-numbering = column numbers
intake-left-group = group names
intake-left-totals = totals
intake-left-note = notes and signatures
intake-left-only_numbered = rows with a number only
intake-left-example = example rows
intake-left-chosen = rows you left out
intake-hidden = hidden
intake-column = Column
intake-samples = Examples
intake-is = Is
intake-no-title = (no title)
intake-left-alone = Leave this column out
intake-why-same = same name
intake-why-same_but_remark = same name but for the brackets
intake-why-same_words = same words
intake-why-typo = one letter off
intake-why-lower_level = lower level of the title
intake-why-choice_below = column of marks
intake-why-part = part of the name
intake-why-remembered = as last time
intake-why-chosen = your choice
intake-columns-title = Columns and reading
intake-columns-lead = Say which field each column is. The next file with these titles is read the same way.
intake-defaults = Stand-ins
intake-defaults-lead = For new people when the file has no such column or an empty cell.
intake-carry = Write into the register
intake-policy = Write
intake-policy-all = All rows, only if none has faults
intake-policy-valid = Right rows; rows with faults stay behind
intake-reason-hint = For example: list sent with letter 12/SNV-CCVC. Written beside every change.
intake-carry-submit = Write
intake-nothing = Nothing to write: every right row is as the register has it.
intake-undo = Undo
intake-undo-lead = Everything this file changed goes back to what it was, as long as nothing was built on it since.
intake-undo-submit = Undo this import
intake-undo-others = { $count ->
    [one] This file touched one person whom you do not keep. Ask the Home Affairs Department.
   *[other] This file touched { $n } people whom you do not keep. Ask the Home Affairs Department.
}
intake-undo-blocked = { $count ->
    [one] One row was changed since: { $people }. Undo the later change first, or mend the record.
   *[other] { $n } rows were changed since: { $people }. Undo the later changes first, or mend the records.
}
intake-marked = File with faults marked
intake-file-gone = The file is not kept any more: it came more than the years of retention ago. What was written with it has its own history.
intake-original = Original file
intake-forget = Discard this file
intake-whole-row = Whole row
intake-refused-faulty = { $count ->
    [one] One row still has faults. Mend the file and send it again, or write the right rows only.
   *[other] { $n } rows still have faults. Mend the file and send it again, or write the right rows only.
}
intake-refused-nothing = There is nothing to write.
intake-refused-changed = The register changed since it was compared. What stands below is new; look again, then write.
intake-refused-not-compared = The file was not compared yet.
intake-refused-stale = Someone else has just worked on this file. See its state above.
intake-refused-broken = Something went wrong; nothing was written. Try again in a few minutes.
intake-refused-no-table = No table was found in the file. Open “Columns and reading” to choose the sheet and the header row.
intake-refused-cancelled = Stopped; nothing was written.
intake-refused-busy = The file is being worked on.
intake-open-empty = No cell of the file holds anything. Send the right file.
intake-open-too_large = The file is too large. Save the sheet that is needed and send it alone.
intake-open-encrypted = The file has a password. Remove it in Excel (File → Info → Protect Workbook), save and send again.
intake-open-truncated = The file is cut off. Copy or download it again.
intake-open-damaged = The file is damaged. Open it in Excel, save it as a new .xlsx and send that.
intake-open-not_a_workbook = This is no workbook but { $looks ->
    [html] a web page
    [xml] Excel 2003 XML
    [xlsb] a binary .xlsb workbook
    [old_excel] a very old Excel workbook
    [document] a text document
    [pdf] a PDF
    [picture] a picture
    [archive] an archive
   *[other] another file
}. Open it in Excel, save it as .xlsx and send that.
intake-open-bomb = “{ $part }” in the file unpacks to too much and is refused. Send a file saved by Excel or LibreOffice.
intake-open-too_many_cells = Sheet “{ $sheet }” has too many cells. Keep only the list and send again.
intake-open-too_many_sheets = The file has { $sheets } sheets, too many. Save the one that is needed.
intake-open-cancelled = Stopped; nothing was written.
done-nhan-tep = The file is here.
done-bo-tep = The file was discarded.
done-hoan-tac-tep = The import was undone.
done-dung-doc = Asked to stop.
audit-act-intake-carry = File written into the register
audit-act-intake-drop_file = Imported file past its time dropped
audit-act-intake-forget = Imported file discarded
audit-act-intake-original = Imported file downloaded
audit-act-intake-take = File taken in
audit-act-intake-undo = Import undone
intake-field-code = Staff code
intake-field-record_code = Record code
intake-field-name = Full name
intake-field-family = Family and middle names
intake-field-given = Given name
intake-field-other_names = Other names
intake-field-birth = Date of birth
intake-field-sex = Sex
intake-field-ethnicity = Ethnic group
intake-field-religion = Religion
intake-field-citizen_number = Citizen number
intake-field-recruited = Recruited on
intake-field-unit = Unit
intake-field-post = Post
intake-field-staff = Kind of staff
intake-field-leadership = Leadership
intake-field-grade = Grade
intake-field-from = In post since
intake-field-decision = Decision number
intake-field-degree = Professional degree
intake-field-field = Field of study
intake-field-degree_on = Degree granted on
intake-field-degree_issuer = School
intake-field-degree_number = Degree number
intake-field-theory = Political theory
intake-field-theory_on = Political theory since
intake-field-state = State management
intake-field-state_on = State management since
intake-field-course = Leadership course
intake-field-defence = Defence and security
intake-field-defence_on = Defence and security since
intake-field-language = Foreign language
intake-field-it = IT
intake-field-ethnic_language = Minority language
intake-field-rating = Yearly rating
intake-field-rating_year = Year of the rating
intake-fault-required = The cell is empty. Fill it in.
intake-fault-needed = A new person needs this. Fill in the cell, or set a stand-in in “Columns and reading”.
intake-fault-no_value = A formula without a result. Open the file in Excel, save it and send it again.
intake-fault-cell_error = The cell says { $read }. Mend the formula or type the value.
intake-fault-font_encoding = The font's encoding cannot be told. Type it again in Unicode.
intake-fault-lost_letters = Letters were lost when the file was saved. Save it as UTF-8 or type it again.
intake-fault-no_such_day = There is no such day. Correct it.
intake-fault-month_first = The month stands before the day. Write { $suggested }.
intake-fault-not_a_date = No date. Write day/month/year, month/year or the year.
intake-fault-year_out_of_range = The year lies between { $first } and { $last }.
intake-fault-not_a_number = No number. Write digits only.
intake-fault-not_whole = A whole number is needed.
intake-fault-out_of_range = It lies between { $min } and { $max }.
intake-fault-unknown_choice = Not in the list. Did you mean: { $near }?
intake-fault-unknown_choice-lost = Not in the list. Write a value of the list.
intake-fault-not_yes_no = Write Có or Không, an x, or nothing.
intake-fault-citizen_number = { $digits } digits were read. A citizen number has 12 (an old card 9). Format the column as text and type all digits.
intake-fault-lost_digits = The last digits were lost because Excel took it for a number. Format the column as text and type it again.
intake-fault-too_many_digits = The code has { $digits } digits. Correct it.
intake-fault-not_a_name = No name. Type the name.
intake-fault-several_marks = Several marks: { $choices }. Leave one.
intake-fault-contradiction = Another column says “{ $other }”. Leave the right one.
intake-fault-no_name = There is no name.
intake-fault-bad_code = A code has letters without marks, digits, dots and hyphens; at most 35.
intake-fault-born_in_future = Born in the future. Correct the day.
intake-fault-odd_age = An odd age (under 15 or over 110). Check the year of birth.
intake-fault-bad_citizen_number = A citizen number has 12 digits (an old card 9).
intake-fault-unknown_ethnicity = Not one of the 54 ethnic groups.
intake-fault-odd_recruitment = Recruited before the age of 15, or in the future.
intake-fault-ends_before_start = It ends before it begins.
intake-fault-outside_unit = The unit is not there on this day. Write today's unit.
intake-fault-overlaps = The person has another post on this day. Write a first day after the present post began.
intake-fault-too_young = Under 15 on this day.
intake-fault-after_death = By the register the person died before this day.
intake-fault-several_units = Several units have this name: { $near }. Write the unit code.
intake-fault-unit_gone = This unit was there until { $until }. Write today's unit.
intake-fault-no_such_unit = There is no such unit. Did you mean: { $near }?
intake-fault-no_such_unit-lost = There is no such unit. Write the code or name as under Units.
intake-fault-other_keeper = You do not keep this unit. Ask the Home Affairs Department.
intake-fault-kept_elsewhere = This code or citizen number belongs to someone of another unit. Check it, or ask the Home Affairs Department to move the person.
intake-fault-own_record = Nobody changes the own record. Ask someone else to bring this row in.
intake-fault-two_people = The staff code is one person's, the citizen number another's. Correct one of them.
intake-fault-several_people = Several people have this name and birth ({ $codes }). Add the staff code or the citizen number.
intake-fault-row_again = This person is in row { $row } already. Leave one row.
intake-fault-held_in_future = Granted in the future. Correct the day.
intake-fault-held_too_young = Granted before the age of 15. Correct the day or the birth.
intake-fault-first_of_january = Only the year or month of birth; written as { $taken }.
intake-fault-since_unit_exists = The unit is younger than { $read }; the post is written from { $taken }.
intake-fault-lower_than_known = The register has a higher one; this one is not written.
intake-fault-other_rating = The register has another rating of this year; this one is not written.
intake-unknown-units = Units that are not found
intake-unknown-units-lead = Say which unit of the register is called so in the file (code or name). It is remembered for the next file.
intake-unit-rows = { $count ->
    [one] one row
   *[other] { $n } rows
}
intake-fault-unit_home = This unit is not known; written into { $taken }.
