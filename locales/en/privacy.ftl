privacy-title = Retention and anonymity
privacy-lead = Records of people who left long enough ago keep no names; what statistics count stays.
privacy-rules = Rules of today
privacy-no-rules = The law files know no rule for this day; no record loses its names.
privacy-after-leaving = After leaving
privacy-after-death = After a death
privacy-imported-files = Imported files
privacy-years = { $count ->
    [one] { $n } year
   *[other] { $n } years
  }
privacy-unverified = not checked
privacy-last = left on or before
privacy-last-file = taken in on or before
privacy-due-title = Records that are due
privacy-due = { $count ->
    [0] No record is due.
    [one] { $n } record would lose its names.
   *[other] { $n } records would lose their names.
  }
privacy-files-due = { $count ->
    [0] No imported file is due.
    [one] { $n } imported file would go.
   *[other] { $n } imported files would go.
  }
privacy-year = Year of leaving
privacy-how = How
privacy-people = Records
privacy-left = left
privacy-died = died
privacy-what = What would happen
privacy-what-names = Name, other names, staff code, record code, citizen number, religion and health go; the name becomes ***.
privacy-what-days = Of birth and recruitment only the year stays.
privacy-what-group = Of the ethnic group it stays whether it is Kinh or a minority.
privacy-what-papers = Numbers of decisions, numbers and issuers of certificates, and evidence go.
privacy-what-history = The contents of the history go; the person's account is locked and loses its name.
privacy-what-files = Imported files go, with what their reports quote; the counts and what was written stay.
privacy-what-stays = Units, posts, degrees and attendances stay, so statistics lose nobody.
privacy-how-to = This page only shows. Taking names away cannot be undone and is done on the server; try it with
privacy-file = Download my record
privacy-file-title = Personal record
privacy-file-lead = Everything the system keeps about { $name }, code { $code }.
privacy-file-facts = Personal facts
privacy-file-history = History of changes
privacy-file-name = Name
privacy-file-value = Content
privacy-file-from = From
privacy-file-to = To
privacy-file-unit = Unit
privacy-file-what = What
privacy-file-when = When
privacy-file-who = By
privacy-file-why = Why
ethnicity-0 = Ethnic minority
audit-act-people-take_names = Names taken from records past their time
audit-act-people-own_file = Own record downloaded
