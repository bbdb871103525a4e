//! Where the classes of the generated province are held, in the words that officers would write.
//! Not for: rooms; nothing is known of those before the demonstration keeps some.

use domain::training::{ClassForm, Mode};

use crate::days::DISTRICTS_END;
use crate::places::DISTRICTS;
use crate::province::Province;
use crate::rows::Class;

/// Says where each class is held that people go to: at the two schools of the province, or in a district, after its end in the commune that has its
/// seat. What is taught elsewhere is not on any map of the province.
pub(crate) fn give(province: &Province, classes: &mut [Class]) {
    for class in classes.iter_mut().filter(|class| class.mode != Mode::Online && !class.abroad) {
        let number = usize::try_from(class.id).unwrap_or(0);
        match number % 8 {
            _ if class.form == ClassForm::Degree => "Học viện Hành chính Quốc gia".clone_into(&mut class.school),
            0..=2 => "Trường Chính trị tỉnh".clone_into(&mut class.school),
            3 => "Trường Đại học Quảng Nam".clone_into(&mut class.school),
            _ => class.place = seat(province, number / 8, class.starts_on < DISTRICTS_END),
        }
    }
}

fn seat(province: &Province, number: usize, has_districts: bool) -> String {
    let at = number % DISTRICTS.len();
    let commune = DISTRICTS.get(at).and_then(|district| district.communes.first()).map(|(name, _)| (*name).to_owned());
    let district = province.districts.get(at).and_then(|id| province.unit(*id)).map(|unit| unit.name.clone());
    if has_districts { district } else { commune }.unwrap_or_default()
}
