//! Certificates: issued to everybody who finished, mended, confirmed when lost, taken back; read, printed, and shown to whoever has the code.
//! Not for: rules (`domain::certificates`), looks (`documents::papers::certificate`).

mod acting;
pub mod badge;
mod issuing;
mod printing;
mod reading;
pub mod seal;

use domain::certificates::CertificateFault;
use domain::roles::{Act, Authorised};
use domain::time::Date;
use store::read::classes::ClassLine;

use crate::classes::{ClassLine as Line, keeper, seen};
use crate::registry::without_refusal;
use crate::work::{self, Stand, Task};
use crate::{ActError, Ctx, Services};

pub use acting::{Deed, act};
pub use issuing::{Terms, begin, carry, go_on, start};
pub use printing::{begin_file, own_pdf, pdf};
pub use reading::{ClassCertificates, Found, MOST_EXPORTED, OneView, RegisterAsk, RegisterPage, of_class, of_person, one, register, shown};
pub use seal::{new_key, public_keys};
pub use store::read::certificates::{CertificateLine, Printed, RunLine};

/// Why an act on certificates is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateRefusal {
    /// The rules of certificates.
    Faults(Vec<CertificateFault>),
    /// The address of this site is none.
    BadSite,
    /// A field that stands on the paper is empty.
    Empty(&'static str),
    /// Nobody of the class is still to get one.
    NobodyLeft,
}

type Refused = ActError<CertificateRefusal>;

const fn refuse<T>(refusal: CertificateRefusal) -> Result<T, Refused> {
    Err(ActError::Refused(refusal))
}

/// The class and the proof that the asker keeps it.
async fn kept(services: &Services, ctx: &Ctx, code: &str) -> Result<(Line, Option<Authorised>), ActError> {
    let line = seen(services, ctx, code).await?;
    let proof = keeper(services, ctx, line.terms.lead).await?;
    Ok((line, proof))
}

/// Whether the asker keeps the class.
async fn keeps(services: &Services, ctx: &Ctx, code: &str) -> bool {
    ctx.may(Act::KeepClasses) && kept(services, ctx, code).await.is_ok()
}

/// How the issuing for a class stands in this process.
///
/// # Errors
/// [`ActError::Forbidden`] for who does not keep the class.
pub async fn standing(services: &Services, ctx: &Ctx, code: &str, task: Task) -> Result<Option<Stand>, ActError> {
    let (line, _) = kept(services, ctx, code).await?;
    Ok(services.works.stand((task, line.id.0)))
}

/// Asks the work for a class to stop.
///
/// # Errors
/// [`ActError::Forbidden`] for who does not keep the class.
pub async fn stop(services: &Services, ctx: &Ctx, code: &str, task: Task) -> Result<(), ActError> {
    let (line, _) = kept(services, ctx, code).await?;
    services.works.cancel((task, line.id.0));
    Ok(())
}

fn subject(class: &str) -> String {
    format!("class/{class}")
}

/// Whether results of a class are recognised, and when.
fn recognised(line: &ClassLine) -> Option<(&str, Date)> {
    line.results.as_ref().map(|(number, day)| (number.as_str(), *day))
}

/// The address of this site, as it stands in codes; none before the first certificate.
async fn site(services: &Services) -> Result<Option<String>, ActError> {
    Ok(store::read::accounts::setting(&services.db, SITE).await?)
}

const SITE: &str = "certificates.site";

/// An address without path: `https://dao-tao.tinh.gov.vn`.
fn is_site(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        !host.is_empty() && host.len() <= 200 && host.chars().all(known)
    })
}

/// Whether work begun for this piece runs.
fn is_running(services: &Services, key: work::Key) -> bool {
    matches!(services.works.stand(key), Some(Stand::Running(..)))
}

/// The address at which a paper is checked.
#[must_use]
pub fn address(site: &str, code: &str) -> String {
    format!("{site}/verify/{code}")
}

fn plain<R>(error: ActError) -> ActError<R> {
    without_refusal(error)
}
