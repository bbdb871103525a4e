//! Which act governs a case of degree study, by the day of the sending decision; everything else follows from it.
//! Not for: the formulas, which live in the file of each act.

use crate::acts::Words;
use crate::explain::Explained;
use crate::governing::{GoverningDate, SendingDate};
use crate::lookup::Law;
use crate::refusal::NoLaw;
use crate::values::Value;
use domain::people::StaffKind;

/// An act on education and training whose formulas are written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Regime {
    /// Nghị định 101/2017, from 10/12/2021 as amended by Nghị định 89/2021.
    Decree101,
    /// Nghị định 171/2025, civil servants.
    Decree171,
}

const KEY: &str = "regimes.training";

impl Law {
    /// The regime of a person sent to study on a day.
    ///
    /// # Errors
    /// [`NoLaw`] outside the known law; `absent` when the governing act is known but its formulas are not
    /// (viên chức from 01/07/2026).
    pub fn regime(&self, staff: StaffKind, sent_on: SendingDate) -> Result<Explained<Regime>, NoLaw> {
        let on = GoverningDate::from(sent_on);
        let found = self.find(KEY, staff, on)?;
        let regime = match found.value {
            Value::Codes(acts) => acts.iter().find_map(|act| formulas_of(act)),
            _ => None,
        };
        match regime {
            Some(regime) => self.lookup(KEY, staff, on).map(|explained| explained.map(|_| regime)),
            None => Err(NoLaw::Absent { key: KEY.to_owned(), reason: not_written(), cites: found.ruling.cites.clone() }),
        }
    }
}

fn formulas_of(act: &str) -> Option<Regime> {
    match act {
        "nd-101-2017" => Some(Regime::Decree101),
        "nd-171-2025" => Some(Regime::Decree171),
        _ => None,
    }
}

fn not_written() -> Words {
    Words::new(
        "Biết văn bản điều chỉnh nhưng chưa có toàn văn chương đào tạo, bồi dưỡng nên chưa tính được.",
        "The governing act is known, but the text of its training chapter was not found, so nothing is computed.",
    )
}
