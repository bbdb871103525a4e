//! `cargo run --release -p khuevan-workbooks --example make -- FILE ROWS COLUMNS`: a big list with invented people, to measure the reading.
//! Not for: tests; those make small files of their own.

use std::error::Error;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const FAMILY: [&str; 5] = ["Nguyễn", "Trần", "Lê", "Phạm", "Đặng"];
const GIVEN: [&str; 7] = ["Ánh", "Bưởi", "Cam", "Dừa", "Ổi", "Mít", "Na"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let (Some(path), Some(rows), Some(columns)) = (given.next(), given.next(), given.next()) else {
        return Err("FILE ROWS COLUMNS".into());
    };
    let (rows, columns): (u32, u16) = (rows.parse()?, columns.parse()?);
    if path.ends_with(".csv") { csv(&path, rows, columns) } else { xlsx(&path, rows, columns) }
}

fn title(column: u16) -> String {
    ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Đơn vị công tác"]
        .get(usize::from(column))
        .map_or_else(|| format!("Nội dung ({column})"), |title| (*title).to_owned())
}

fn text(row: u32, column: u16) -> String {
    let pick = |list: &[&str], of: u32| list.get(usize::try_from(of).unwrap_or(0) % list.len().max(1)).copied().unwrap_or("").to_owned();
    match column {
        1 => format!("{} Văn {} {row}", pick(&FAMILY, row), pick(&GIVEN, row / 5)).replace(char::is_numeric, ""),
        3 => if row.is_multiple_of(2) { "Nam" } else { "Nữ" }.to_owned(),
        4 => format!("079{row:09}"),
        5 => format!("Phòng số {}", row % 97),
        // One text in eight is written once only, as names and remarks are; the others repeat, as positions and levels do.
        _ if column % 8 == 7 => format!("Nội dung {column} của dòng {row}"),
        _ => format!("Nội dung {column} loại {}", row % 300),
    }
}

fn csv(path: &str, rows: u32, columns: u16) -> Result<(), Box<dyn Error>> {
    let mut file = (0..columns).map(title).collect::<Vec<_>>().join(";");
    for row in 1..=rows {
        file.push_str("\r\n");
        let cell = |column| match column {
            0 => row.to_string(),
            2 => format!("{:02}/{:02}/{}", row % 28 + 1, row % 12 + 1, 1960 + row % 45),
            column => text(row, column),
        };
        file.push_str(&(0..columns).map(cell).collect::<Vec<_>>().join(";"));
    }
    Ok(std::fs::write(path, file)?)
}

fn xlsx(path: &str, rows: u32, columns: u16) -> Result<(), Box<dyn Error>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_low_memory()?;
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for column in 0..columns {
        sheet.write_string(0, column, title(column))?;
    }
    for row in 1..=rows {
        for column in 0..columns {
            match column {
                0 => sheet.write_number(row, column, row)?,
                2 => {
                    let date =
                        ExcelDateTime::from_ymd(u16::try_from(1960 + row % 45)?, u8::try_from(row % 12 + 1)?, u8::try_from(row % 28 + 1)?)?;
                    sheet.write_datetime_with_format(row, column, &date, &day)?
                }
                column => sheet.write_string(row, column, text(row, column))?,
            };
        }
    }
    book.save(path)?;
    Ok(())
}
