//! Options for a server of mail, and the command that tells people.
//! Not for: carrying letters (`post`).

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Place;

#[derive(Debug, Subcommand)]
pub(crate) enum NoticesCommand {
    /// Tell people of what happened by now and hand over the letters that are due; the server does so by itself.
    Send {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        mail: Mail,
    },
}

/// How the way to the server of mail is closed to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Encryption {
    /// Not at all; only for a server on this machine.
    None,
    /// After a greeting in the open.
    Starttls,
    /// From the first byte on.
    Tls,
}

/// A password, which no log shows.
#[derive(Clone)]
pub(crate) struct Password(pub(crate) String);

impl From<String> for Password {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// A server of mail; without a host no letters are written.
#[derive(Debug, Clone, Args)]
pub(crate) struct Mail {
    /// Server that takes letters.
    #[arg(long, env = "KHUEVAN_SMTP_HOST", requires = "mail_from", requires = "public_address")]
    pub(crate) smtp_host: Option<String>,
    /// Its port; 25, 587 or 465 by the kind of encryption when not given.
    #[arg(long, env = "KHUEVAN_SMTP_PORT")]
    pub(crate) smtp_port: Option<u16>,
    /// Encryption.
    #[arg(long, value_enum, default_value_t = Encryption::Starttls, env = "KHUEVAN_SMTP_TLS")]
    pub(crate) smtp_tls: Encryption,
    /// A certificate (PEM) to trust beside the usual ones, for a server of the office itself.
    #[arg(long, env = "KHUEVAN_SMTP_CA")]
    pub(crate) smtp_ca: Option<PathBuf>,
    /// Name to sign in with.
    #[arg(long, env = "KHUEVAN_SMTP_USER", requires = "smtp_password")]
    pub(crate) smtp_user: Option<String>,
    /// Password to sign in with; better given by the environment.
    #[arg(long, env = "KHUEVAN_SMTP_PASSWORD", hide_env_values = true)]
    pub(crate) smtp_password: Option<Password>,
    /// Address that letters come from, such as `Khuê Văn <khuevan@tinh.gov.vn>`.
    #[arg(long, env = "KHUEVAN_MAIL_FROM")]
    pub(crate) mail_from: Option<String>,
    /// Address by which people reach this program, such as <https://khuevan.tinh.gov.vn>; links in letters begin with it.
    #[arg(long, env = "KHUEVAN_PUBLIC_ADDRESS")]
    pub(crate) public_address: Option<String>,
}
