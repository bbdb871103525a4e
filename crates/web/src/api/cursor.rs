//! Places in a list as opaque text: the keyset of the last line, in hexadecimal.
//! Not for: deciding the order (`store`) or who may read on; a forged cursor only starts a page elsewhere in the same answer.

use std::fmt::Write as _;

use domain::ids::OfficialId;
use service::progress::Cursor;

/// Bytes as lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a string cannot fail.
        let _: std::fmt::Result = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of hexadecimal text.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high * 16 + low).collect())
}

/// After this unit code.
pub(crate) fn of_code(code: &str) -> String {
    hex(code.as_bytes())
}

/// The unit code of a cursor.
pub(crate) fn code(text: &str) -> Option<String> {
    String::from_utf8(unhex(text)?).ok()
}

/// After this official.
pub(crate) fn of_official(sort_key: &[u8], id: OfficialId) -> String {
    format!("{}{}", hex(&id.0.to_be_bytes()), hex(sort_key))
}

/// The sort key and id of a cursor.
pub(crate) fn official(text: &str) -> Option<(Vec<u8>, OfficialId)> {
    let bytes = unhex(text)?;
    let (id, sort_key) = bytes.split_first_chunk::<8>()?;
    Some((sort_key.to_vec(), OfficialId(i64::from_be_bytes(*id))))
}

/// After this line of the people behind a figure.
pub(crate) fn of_counted(cursor: &Cursor) -> String {
    format!("{}{}{}", hex(&cursor.official.to_be_bytes()), hex(&cursor.at.to_be_bytes()), hex(&cursor.sort_key))
}

/// The line of a cursor.
pub(crate) fn counted(text: &str) -> Option<Cursor> {
    let bytes = unhex(text)?;
    let (id, rest) = bytes.split_first_chunk::<8>()?;
    let (at, sort_key) = rest.split_first_chunk::<4>()?;
    Some(Cursor { sort_key: sort_key.to_vec(), official: i64::from_be_bytes(*id), at: i32::from_be_bytes(*at) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_come_back_as_they_went() {
        let place = Cursor { sort_key: vec![0, 255, 16], official: 70_001, at: 20_240_115 };
        assert_eq!(counted(&of_counted(&place)), Some(place));
        assert_eq!(official(&of_official(&[1, 2], OfficialId(9))), Some((vec![1, 2], OfficialId(9))));
        assert_eq!(code(&of_code("000.00.12.H47")).as_deref(), Some("000.00.12.H47"));
    }

    #[test]
    fn broken_cursors_are_no_cursors() {
        for broken in ["0", "0g", "đđ", "00", "-1"] {
            assert_eq!(official(broken), None, "{broken}");
            assert_eq!(counted(broken), None, "{broken}");
        }
    }
}
