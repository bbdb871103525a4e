//! Makes files of every format, in the ways people and old programs make them, and a catalogue of fields to look for.
//! Not for: real persons; all names are invented.

use std::io::{Cursor, Write};

use unicode_normalization::UnicodeNormalization;
use workbooks::book::Epoch;
use workbooks::fields::{Choice, Field, Kind};
use workbooks::values::{Record, Rules, Value, records};
use workbooks::{Book, Limits, Mapping, OpenError, Table, open, unwatched};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(crate) const RULES: Rules = Rules { first_year: 1930, last_year: 2030, epoch: Epoch::Y1900 };

pub(crate) fn read(bytes: &[u8], name: &str) -> Result<Book, OpenError> {
    open(bytes, name, &Limits::default(), &mut unwatched)
}

pub(crate) fn code(bytes: &[u8]) -> &'static str {
    read(bytes, "f").map_or_else(|error| error.code(), |_| "opened")
}

/// Each record in one line: `row [group] field=value*repaired … !cell problem`.
pub(crate) fn lines(table: &Table<'_>, mapping: &Mapping, fields: &[Field]) -> Vec<String> {
    records(table, mapping, fields, &RULES).map(|record| line(&record)).collect()
}

fn line(record: &Record<'_>) -> String {
    let mut line = format!("{}", record.row + 1);
    if !record.group.is_empty() {
        line.push_str(&format!(" [{}]", record.group.join(" > ")));
    }
    for filled in &record.filled {
        let star = if filled.reading.repaired.is_empty() { "" } else { "*" };
        line.push_str(&format!(" {}={}{star}", filled.field, shown(&filled.reading.value)));
    }
    for problem in &record.problems {
        line.push_str(&format!(" !{} {} `{}`", problem.at, problem.code.code(), problem.read));
    }
    line
}

fn shown(value: &Value) -> String {
    use workbooks::values::{Citizen, Dated};
    match value {
        Value::Empty => String::new(),
        Value::Text(text) | Value::Code(text) | Value::Citizen(Citizen::New(text) | Citizen::Old(text)) => text.clone(),
        Value::Date(Dated::Day(day)) => domain::time::dmy(*day),
        Value::Date(Dated::Month { year, month }) => format!("{month}/{year}"),
        Value::Date(Dated::Year(year)) => year.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::YesNo(value) => value.to_string(),
    }
}

pub(crate) fn fields() -> Vec<Field> {
    let gender = vec![Choice::new("male", &["Nam"]), Choice::new("female", &["Nữ"])];
    let theory =
        vec![Choice::new("so_cap", &["Sơ cấp"]), Choice::new("trung_cap", &["Trung cấp"]), Choice::new("cao_cap", &["Cao cấp", "Cử nhân"])];
    vec![
        Field::new("name", &["Họ và tên", "Họ tên"], Kind::Name).required(),
        Field::new("born", &["Ngày sinh", "Ngày tháng năm sinh", "Năm sinh"], Kind::Date),
        Field::new("gender", &["Giới tính"], Kind::Code(gender)),
        Field::new("citizen", &["Số CCCD", "Số định danh cá nhân"], Kind::CitizenNumber),
        Field::new("position", &["Chức vụ", "Chức danh"], Kind::Text),
        Field::new("unit", &["Đơn vị", "Đơn vị công tác"], Kind::Text),
        Field::new("theory", &["Lý luận chính trị", "Trình độ lý luận chính trị"], Kind::Code(theory)),
        Field::new("years", &["Số năm công tác"], Kind::Integer { min: 0, max: 60 }),
        Field::new("payroll", &["Mã số"], Kind::Key { digits: Some(5) }),
    ]
}

/// A zip archive of parts.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The archive with one part more.
pub(crate) fn with_part(archive: &[u8], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new_append(Cursor::new(archive.to_vec())).unwrap();
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().into_inner()
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const WORKBOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// An XLSX whose one sheet has these rows as XML, and further parts.
pub(crate) fn raw_xlsx(rows: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    let parts: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    zipped(&[&parts, more].concat())
}

/// An ODS with these tables as XML.
pub(crate) fn raw_ods(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A compound file of streams.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        if let Some((storage, _)) = name.rsplit_once('/').filter(|(storage, _)| !storage.is_empty()) {
            file.create_storage_all(storage).unwrap();
        }
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A record of an old Excel file.
pub(crate) fn biff(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
}

/// Text in a code page of one byte per letter; letters it does not have are `?`.
pub(crate) fn one_byte(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// Text in Windows for Vietnamese, whose letters carry their tones as signs of their own.
pub(crate) fn windows_1258(text: &str) -> Vec<u8> {
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let apart = |c: char| {
        let (tones, letter): (Vec<char>, Vec<char>) = c.nfd().partition(is_tone);
        letter.into_iter().nfc().chain(tones).collect::<String>()
    };
    let text: String = text.chars().map(apart).collect();
    encoding_rs::WINDOWS_1258.encode(&text).0.into_owned()
}

/// The text parts of a zip archive.
pub(crate) fn unzipped(bytes: &[u8]) -> Vec<(String, String)> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .filter_map(|place| {
            let mut part = archive.by_index(place).unwrap();
            let name = part.name().unwrap().to_string();
            let mut text = String::new();
            part.read_to_string(&mut text).ok()?;
            Some((name, text))
        })
        .collect()
}
