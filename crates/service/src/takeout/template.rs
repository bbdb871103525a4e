//! The blank form: the people's sheet with an example, how each column is filled in, and the lists to choose from. Nobody is in it.
//! Not for: people (`register`).

use documents::{Cell, Field, Ledger, Look, Row, SheetError};
use domain::roles::Act;

use super::Words;
use super::columns::{columns, fields, hint, title};
use super::lists::{List, lists, unit, units};
use crate::intake::{FieldKind, Tells, example, field_kind, needed};
use crate::{ActError, Ctx, Services};

/// A blank form for a list of officials, with the units of the asker, or those below one of them; or for a list of trainings.
///
/// # Errors
/// [`ActError::Forbidden`] for who keeps nobody's record, [`ActError::NotFound`] when the unit is not the asker's.
pub async fn template(services: &Services, ctx: &Ctx, tells: Tells, root: Option<&str>, words: Words<'_>) -> Result<Vec<u8>, ActError> {
    let scope = ctx.scope(Act::KeepRegister)?;
    let root = match root {
        None => None,
        Some(code) => {
            let view = crate::registry::view(services, ctx, code, ctx.today).await?;
            Some(view.unit.id).filter(|_| view.lies_within(&scope)).ok_or(ActError::NotFound).map(Some)?
        }
    };
    let units = units(services, ctx, &scope, root, ctx.today).await?;
    let fields = fields(tells, true);
    let lists = lists(services, &fields, &units, words).await?;
    let place = units.first().map(unit).unwrap_or_default();
    write(tells, (&fields, &lists), &place, words).map_err(|error| super::unwritten(&error))
}

fn write(tells: Tells, (fields, lists): (&[&str], &[List]), place: &str, words: Words<'_>) -> Result<Vec<u8>, SheetError> {
    let (title, sheet) = match tells {
        Tells::Officials => ("takeout-template-title", "takeout-sheet-people"),
        Tells::Training => ("takeout-training-title", "takeout-sheet-records"),
    };
    let mut ledger = Ledger::new(&words(title))?;
    let people = ledger.page(&words(sheet), &[], columns(tells, fields, lists, words))?;
    let mut row = vec![Cell::Text(words("takeout-example"))];
    row.extend(fields.iter().map(|code| sample(code, place)));
    ledger.row(people, Row::Example, &row)?;
    guide(&mut ledger, (tells, fields), place, words)?;
    ledger.lists(&words("takeout-sheet-lists"), lists)?;
    ledger.finish()
}

fn guide(ledger: &mut Ledger, (tells, fields): (Tells, &[&str]), place: &str, words: Words<'_>) -> Result<(), SheetError> {
    let heads = [("column", 34), ("needed", 12), ("how", 90), ("sample", 34)];
    let heads = heads.map(|(key, width)| Field::new(words(&format!("takeout-guide-{key}")), width, Look::Text));
    let page = ledger.page(&words("takeout-sheet-guide"), &[], heads.to_vec())?;
    ledger.row(page, Row::Plain, &["takeout-example", "", "takeout-guide-example", ""].map(|key| told(key, words)))?;
    for code in fields {
        let needed = if needed(tells).contains(code) { "takeout-guide-must" } else { "" };
        let shown = example(code).map_or_else(|| if *code == "unit" { place.to_owned() } else { String::new() }, str::to_owned);
        let cells = [Cell::Text(title(tells, code)), told(needed, words), Cell::Text(hint(tells, code, words)), Cell::Text(shown)];
        ledger.row(page, Row::Plain, &cells)?;
    }
    Ok(())
}

fn told(key: &str, words: Words<'_>) -> Cell {
    if key.is_empty() { Cell::Empty } else { Cell::Text(words(key)) }
}

/// What the example says of a field, as its column is written.
fn sample(code: &str, place: &str) -> Cell {
    let Some(text) = example(code) else {
        return if code == "unit" && !place.is_empty() { Cell::Text(place.to_owned()) } else { Cell::Empty };
    };
    let typed = match field_kind(code) {
        Some(FieldKind::Date) => domain::time::parse(text).map(Cell::Day),
        Some(FieldKind::Year | FieldKind::Count) => text.parse().ok().map(Cell::Number),
        _ => None,
    };
    typed.unwrap_or_else(|| Cell::Text(text.to_owned()))
}
