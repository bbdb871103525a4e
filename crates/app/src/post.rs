//! Carries letters to a server of mail by SMTP.
//! Not for: which letters are due (`service::notices`), or what they say (`web::letters`).

use std::time::Duration;

use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls as Closed, TlsParameters};
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use service::notices::{Carrier, Fault, Parcel};

use crate::cli::mail::{Encryption, Mail};
use crate::outcome::Failure;

/// How long a server may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// A way to a server of mail.
pub(crate) struct Postman {
    way: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
    reached_by: String,
    province: String,
}

impl Postman {
    /// The way that the options describe; none without a server.
    pub(crate) fn of(mail: &Mail, province: &str) -> Result<Option<Self>, Failure> {
        let Some(host) = &mail.smtp_host else { return Ok(None) };
        let (Some(from), Some(reached_by)) = (&mail.mail_from, &mail.public_address) else {
            return Err(Failure::plain("letters need --mail-from and --public-address beside --smtp-host"));
        };
        let from: Mailbox = from
            .parse()
            .map_err(|e| Failure::new(format!("`{from}` is no address; write --mail-from 'Khuê Văn <khuevan@tinh.gov.vn>'"), e))?;
        if !reached_by.starts_with("https://") && !reached_by.starts_with("http://") {
            return Err(Failure::plain(format!(
                "`{reached_by}` is no address of a page; write --public-address https://khuevan.tinh.gov.vn"
            )));
        }
        let (port, closed) = match mail.smtp_tls {
            Encryption::None => (25, Closed::None),
            Encryption::Starttls => (587, Closed::Required(trusting(host, mail)?)),
            Encryption::Tls => (465, Closed::Wrapper(trusting(host, mail)?)),
        };
        let mut way = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host.as_str())
            .port(mail.smtp_port.unwrap_or(port))
            .tls(closed)
            .timeout(Some(PATIENCE))
            .pool_config(PoolConfig::new().max_size(1));
        if let (Some(user), Some(password)) = (&mail.smtp_user, &mail.smtp_password) {
            way = way.credentials(Credentials::new(user.clone(), password.0.clone()));
        }
        let host = from.email.domain().to_owned();
        Ok(Some(Self { way: way.build(), from, host, reached_by: reached_by.clone(), province: province.to_owned() }))
    }

    fn message(&self, parcel: &Parcel) -> Result<Message, Fault> {
        let never = |error: &dyn std::error::Error| Fault::Never(error.to_string());
        let letter = web::letters::write(parcel, &self.reached_by, &self.province).map_err(|e| never(&e))?;
        let address: Address = parcel.address.parse().map_err(|e: lettre::address::AddressError| never(&e))?;
        let message = Message::builder()
            // The same at every try: whoever gets it twice keeps it once.
            .message_id(Some(format!("<khuevan-{}@{}>", parcel.id, self.host)))
            .from(self.from.clone())
            .to(Mailbox::new(Some(parcel.name.clone()), address))
            .subject(letter.subject)
            .header(Automatic)
            .multipart(MultiPart::alternative_plain_html(letter.text, letter.html));
        message.map_err(|e| never(&e))
    }
}

/// Says that no person wrote it, so that no absence notice comes back (RFC 3834).
#[derive(Clone)]
struct Automatic;

impl lettre::message::header::Header for Automatic {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// What is trusted: the usual certificates, and one of the office itself.
fn trusting(host: &str, mail: &Mail) -> Result<TlsParameters, Failure> {
    let mut trust = TlsParameters::builder(host.to_owned());
    if let Some(path) = &mail.smtp_ca {
        let pem = std::fs::read(path)
            .map_err(|e| Failure::new(format!("{} cannot be read; name a PEM file with --smtp-ca", path.display()), e))?;
        let certificate =
            Certificate::from_pem(&pem).map_err(|e| Failure::new(format!("{} is no certificate in PEM", path.display()), e))?;
        trust = trust.add_root_certificate(certificate);
    }
    trust.build().map_err(|e| Failure::new("encryption towards the server of mail cannot be set up", e))
}

impl Carrier for Postman {
    async fn carry(&self, parcel: &Parcel) -> Result<(), Fault> {
        let message = self.message(parcel)?;
        match self.way.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(fault(&error)),
        }
    }
}

/// Answers about who we are concern every letter; other answers concern this one; no answer concerns every letter again.
fn fault(error: &Error) -> Fault {
    let told = said(error);
    let code = error.status().map(u16::from);
    match code {
        Some(421 | 454 | 530 | 534 | 535 | 538) | None => Fault::Unreachable(told),
        Some(_) if error.is_permanent() => Fault::Never(told),
        Some(_) => Fault::NotNow(told),
    }
}

/// The words of an error with those of its cause.
fn said(error: &Error) -> String {
    let mut told = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let words = inner.to_string();
        if !told.contains(&words) {
            told = format!("{told}: {words}");
        }
        cause = inner.source();
    }
    told.chars().take(500).collect()
}
