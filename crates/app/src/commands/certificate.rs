//! `khuevan certificate`: the keys that seal certificates, and checking a certificate without the server.
//! Not for: granting or revoking; pages do that.

use std::process::ExitCode;

use serde_json::json;
use service::Services;
use service::certificates::seal::{PublicKey, Sealed, check, in_file};
use service::certificates::{self, Found, badge};

use super::{When, existing, system};
use crate::cli::{CertificateCommand, Print};
use crate::outcome::{Failure, REFUSED};
use crate::screen::{answer, remark};

pub(super) async fn run(command: CertificateCommand, when: When) -> Result<ExitCode, Failure> {
    match command {
        CertificateCommand::Key { place, rotate } => {
            let services = existing(&place.database).await?;
            if rotate {
                let key = certificates::new_key(&services, &system(when)).await?;
                remark(&format!("key {} is in use now", key.kid));
            }
            answer(&badge::key_set(&services).await?);
            Ok(ExitCode::SUCCESS)
        }
        CertificateCommand::Verify { place, seal, key, format } => {
            let text = text(&seal)?;
            match key {
                Some(key) => Ok(told(&text, &keys(&key)?, None, format)),
                None => {
                    let services = existing(&place.database).await?;
                    let known = certificates::public_keys(&services).await?;
                    let state = state(&services, &text, &known).await?;
                    Ok(told(&text, &known, state, format))
                }
            }
        }
    }
}

/// The text of a seal: of a file when there is one of that name, else the words themselves.
fn text(seal: &str) -> Result<String, Failure> {
    let path = std::path::Path::new(seal);
    if !path.is_file() {
        return Ok(seal.to_owned());
    }
    let bytes = std::fs::read(path).map_err(|error| Failure::new(format!("`{seal}` cannot be read"), error))?;
    let found = in_file(bytes).map_err(|error| Failure::new(format!("`{seal}` cannot be read"), error))?;
    found.ok_or_else(|| Failure::plain(format!("there is no code on `{seal}`; scan the whole certificate at 200 dots per inch or more")))
}

fn keys(key: &str) -> Result<Vec<PublicKey>, Failure> {
    let path = std::path::Path::new(key);
    let text = if path.is_file() {
        std::fs::read_to_string(path).map_err(|error| Failure::new(format!("`{key}` cannot be read"), error))?
    } else {
        key.to_owned()
    };
    let found = PublicKey::read(&text);
    if found.is_empty() { Err(Failure::plain("there is no Ed25519 key in --key; take the one of `/verify/key`")) } else { Ok(found) }
}

/// The state of the certificate in the register, by code; none when the seal does not fit.
async fn state(services: &Services, text: &str, keys: &[PublicKey]) -> Result<Option<&'static str>, Failure> {
    let Ok(sealed) = check(text, keys) else { return Ok(None) };
    Ok(Some(match certificates::shown(services, &sealed.code).await? {
        Found::Paper(line) => line.state.code(),
        Found::Unknown | Found::Mistyped => "unknown",
    }))
}

fn told(text: &str, keys: &[PublicKey], state: Option<&'static str>, format: Print) -> ExitCode {
    match check(text, keys) {
        Ok(sealed) => {
            answer(&match format {
                Print::Text => lines(&sealed, state),
                Print::Json => format!("{:#}", json!({ "fits": true, "state": state, "certificate": sealed })),
            });
            if state.is_none_or(|state| state == "valid") { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) }
        }
        Err(fault) => {
            match format {
                Print::Text => remark(&format!("khuevan: {fault} ({})", fault.code())),
                Print::Json => answer(&format!("{:#}", json!({ "fits": false, "fault": fault.code() }))),
            }
            ExitCode::from(REFUSED)
        }
    }
}

fn lines(sealed: &Sealed, state: Option<&'static str>) -> String {
    let state = state.unwrap_or("not asked: revocation is told by the site alone");
    let facts = [
        ("seal", "fits"),
        ("state", state),
        ("number", &sealed.no),
        ("kind", &sealed.kind),
        ("name", &sealed.name),
        ("course", &sealed.course),
        ("from", &sealed.from),
        ("to", &sealed.to),
        ("issuer", &sealed.issuer),
        ("issued", &sealed.issued),
        ("code", &sealed.code),
    ];
    facts.map(|(name, value)| format!("{name:<8} {value}")).join("\n")
}
