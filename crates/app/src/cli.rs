//! The command line.
//! Not for: doing anything.

pub(crate) mod mail;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::people::StaffKind;
use domain::roles::Role;
use domain::statistics::TableId;
use domain::time::Date;

/// Runs a province's training of civil servants, from the signed plan to the proof that it worked.
///
/// Exit codes: 0 done; 1 failed; 2 wrong command line; 3 refused by a rule or mistakes in the input.
#[derive(Debug, Parser)]
#[command(name = "khuevan", version, max_term_width = 110)]
pub(crate) struct Cli {
    /// Pretend that today is this day (yyyy-mm-dd).
    #[arg(long, global = true, value_parser = day, env = "KHUEVAN_TODAY", hide_env = true)]
    pub(crate) today: Option<Date>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    pub(crate) const fn is_server(&self) -> bool {
        matches!(self.command, Command::Serve(_))
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the web pages and the API.
    Serve(Serve),
    /// Bring the schema of a database up to date.
    Migrate(Place),
    /// Write a verified backup of a running or resting database.
    Backup {
        #[command(flatten)]
        place: Place,
        /// File to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Restore a backup into an empty database of either engine.
    Restore {
        #[command(flatten)]
        place: Place,
        /// Backup to read.
        #[arg(long)]
        from: PathBuf,
    },
    /// Write the six schemes and a generated province into an empty database.
    Generate {
        #[command(flatten)]
        place: Place,
        /// People in all: at work, retired and gone.
        #[arg(long, default_value_t = synthetic::DEFAULT_PEOPLE)]
        people: u32,
        /// Same seed, same province.
        #[arg(long, default_value_t = synthetic::DEFAULT_SEED)]
        seed: u64,
    },
    /// Take the names away from records of people who left long enough ago; this cannot be undone.
    Retention {
        #[command(flatten)]
        place: Place,
        /// Only tell what would be done.
        #[arg(long)]
        dry_run: bool,
    },
    /// Accounts.
    #[command(subcommand)]
    Account(AccountCommand),
    /// What people are told.
    #[command(subcommand)]
    Notices(mail::NoticesCommand),
    /// Print every target with its value and state.
    Progress(ProgressArgs),
    /// Print how many officials lack what the standard of their posts asks, by requirement and unit.
    Gaps(GapsArgs),
    /// Print who may be sent to a class and why not, with codes and articles.
    Eligibility(EligibilityArgs),
    /// Write a statutory paper to a file: Word or PDF by its ending.
    Document(DocumentArgs),
    /// Certificates: the keys that seal them, and checking one without the server.
    #[command(subcommand)]
    Certificate(CertificateCommand),
    /// Print the plans of training, with their sums.
    Plans(PlansArgs),
    /// Print the catalogue of programmes.
    Programmes(ProgrammesArgs),
    /// Print a published table, counted live.
    Statistics(StatisticsArgs),
    /// Printed figures of schemes and their faults.
    #[command(subcommand)]
    Schemes(Schemes),
    /// Take people out of the register as a file that comes in again.
    #[command(subcommand)]
    Export(ExportCommand),
    /// Bring a file into the register.
    #[command(subcommand)]
    Import(ImportCommand),
    /// One scheme file.
    #[command(subcommand)]
    Scheme(SchemeCommand),
    /// What holders of posts must have.
    #[command(subcommand)]
    Standard(StandardCommand),
    /// Legal values by date and kind of staff.
    #[command(subcommand)]
    Law(LawCommand),
}

#[derive(Debug, Args)]
pub(crate) struct Place {
    /// sqlite:PATH or postgres://USER@HOST/NAME.
    #[arg(long, default_value = "sqlite:./data/khuevan.db", env = "KHUEVAN_DATABASE", hide_env_values = true)]
    pub(crate) database: String,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Folder of the embedded database; wins over --database.
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8080", env = "KHUEVAN_LISTEN")]
    pub(crate) listen: SocketAddr,
    /// Fill an empty database with the demo province and offer one account per role on the sign-in page.
    #[arg(long)]
    pub(crate) demo: bool,
    /// Cookies only over HTTPS (behind a proxy that ends TLS).
    #[arg(long, env = "KHUEVAN_SECURE_COOKIES")]
    pub(crate) secure_cookies: bool,
    #[command(flatten)]
    pub(crate) mail: mail::Mail,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    Csv,
}

/// How an answer without rows and columns is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Print {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ProgressArgs {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Only this scheme.
    #[arg(long)]
    pub(crate) scheme: Option<String>,
    /// Only this unit (code) and everything below it.
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// Day of the figures (yyyy-mm-dd); today when not given.
    #[arg(long, value_parser = day)]
    pub(crate) as_of: Option<Date>,
    /// Day whose map of units is used; the day of the figures when not given.
    #[arg(long, value_parser = day)]
    pub(crate) map_on: Option<Date>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StandardCommand {
    /// Read the file of a standard and explain every mistake.
    Check {
        /// The file.
        file: PathBuf,
        #[arg(long, value_enum, default_value_t = Print::Text)]
        format: Print,
    },
    /// Print every version of every standard.
    List {
        #[command(flatten)]
        place: Place,
        #[arg(long, value_enum, default_value_t = Print::Text)]
        format: Print,
    },
    /// Print the text of a standard: of the version in force, or of one by its number.
    Show {
        #[command(flatten)]
        place: Place,
        /// Code of the standard.
        code: String,
        /// Number of the version.
        #[arg(long)]
        number: Option<i32>,
    },
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct GapsArgs {
    #[command(flatten)]
    pub(crate) ask: GapsAsk,
    #[command(subcommand)]
    pub(crate) command: Option<GapsCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GapsCommand {
    /// Print who is to be trained first, each with the parts of the score.
    Urgent {
        #[command(flatten)]
        ask: GapsAsk,
        /// So many people.
        #[arg(long, default_value_t = 100, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=100_000))]
        most: usize,
    },
}

#[derive(Debug, Args)]
pub(crate) struct GapsAsk {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Only this unit (code) and everything below it.
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// Day of the standard, the posts and what people hold (yyyy-mm-dd); today when not given.
    #[arg(long, value_parser = day)]
    pub(crate) as_of: Option<Date>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct EligibilityArgs {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Code of the class.
    #[arg(long)]
    pub(crate) class: String,
    /// Only people of this unit (code) and everything below it.
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// Day of the sending decision, whose law judges (yyyy-mm-dd); today when not given.
    #[arg(long, value_parser = day)]
    pub(crate) as_of: Option<Date>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// A kind of paper that the terminal writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum DocumentKind {
    /// A plan, by its id.
    YearPlan,
    /// The decision on a programme, by its code.
    Programme,
    /// A submission, by the id of its paper.
    Submission,
    /// The notice that opens a review, by its id.
    ReviewNotice,
    /// The table of needs, by its year.
    NeedsTable,
    /// Who is to be trained at once, by the code of a unit.
    UrgentList,
}

#[derive(Debug, Args)]
pub(crate) struct DocumentArgs {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Which paper.
    #[arg(value_enum)]
    pub(crate) kind: DocumentKind,
    /// Which one: id, code or year, as the kind says.
    pub(crate) id: String,
    /// The file to write, ending in .docx or .pdf.
    #[arg(long)]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CertificateCommand {
    /// Print the public keys as a JWK set, the one in use first.
    Key {
        #[command(flatten)]
        place: Place,
        /// Put a new key into use first; what the ones before sealed stays proven.
        #[arg(long)]
        rotate: bool,
    },
    /// Check the seal of a certificate: of its PDF, of a scan, or of the text itself.
    ///
    /// With --key nothing else is asked, and nothing is told of revocation. Without it the keys of the database are taken, and the state in
    /// the register is told too. Exit code 3: the seal does not fit, or the certificate is not valid any more.
    Verify {
        #[command(flatten)]
        place: Place,
        /// A file (PDF, PNG, JPEG, text), or the sealed text, or the address with it.
        seal: String,
        /// Public keys: a file with a JWK or a JWK set, or the text of one.
        #[arg(long)]
        key: Option<String>,
        /// Shape of the answer.
        #[arg(long, value_enum, default_value = "text")]
        format: Print,
    },
}

#[derive(Debug, Args)]
pub(crate) struct PlansArgs {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Only plans that touch this year.
    #[arg(long)]
    pub(crate) year: Option<i32>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct ProgrammesArgs {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Part of the title or code, with or without marks.
    #[arg(long, default_value = "")]
    pub(crate) find: String,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
pub(crate) struct StatisticsArgs {
    #[command(flatten)]
    pub(crate) place: Place,
    /// 1 to 6.
    #[arg(long, value_parser = table)]
    pub(crate) table: TableId,
    /// First year of Tables 1 and 2.
    #[arg(long, default_value_t = 2010)]
    pub(crate) from: i32,
    /// Last year of Tables 1 and 2.
    #[arg(long, default_value_t = 2023)]
    pub(crate) to: i32,
    /// Day of Tables 3 to 6 (yyyy-mm-dd).
    #[arg(long, value_parser = day, default_value = "2024-01-31")]
    pub(crate) as_of: Date,
    /// Only this unit (code) and everything below it.
    #[arg(long)]
    pub(crate) unit: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Schemes {
    /// Recompute the printed figures of shipped schemes.
    Quality {
        #[arg(long, value_enum, default_value_t = Print::Text)]
        format: Print,
        /// Also those that add up.
        #[arg(long)]
        all: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum SchemeCommand {
    /// Explain every mistake of a scheme file with line and field.
    Check {
        /// The file.
        file: PathBuf,
        #[arg(long, value_enum, default_value_t = Print::Text)]
        format: Print,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// The register of a unit with everything below it, or a blank form; `import officials` reads both without a question.
    Officials(ExportArgs),
    /// A blank form for trainings; `import training` reads it without a question.
    Training {
        /// The file to write, XLSX.
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// The file to write: XLSX, or CSV when its name ends so.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) place: Place,
    /// A blank form with lists to choose from and an example, and nobody in it.
    #[arg(long, conflicts_with_all = ["as_of", "format", "leave_out_masked"])]
    pub(crate) template: bool,
    /// The unit (code), with everything below it; the province when not given.
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// The day on which it is true (yyyy-mm-dd); today when not given.
    #[arg(long, value_parser = day)]
    pub(crate) as_of: Option<Date>,
    /// What kind of file, whatever its name.
    #[arg(long, value_enum)]
    pub(crate) format: Option<ExportShape>,
    /// Without citizen numbers, religion and health.
    #[arg(long)]
    pub(crate) leave_out_masked: bool,
    /// What it is for; written to the audit.
    #[arg(long, default_value = "export")]
    pub(crate) reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportShape {
    Xlsx,
    Csv,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// A list of officials: XLSX, XLS, ODS or CSV. Everything is compared first; nothing is written when a row is at fault.
    Officials(ImportArgs),
    /// A list of trainings of officials, a row each, read and compared as lists of officials are.
    Training {
        #[command(flatten)]
        args: ImportArgs,
        /// It is the report of who taught, not a list that a unit keeps.
        #[arg(long)]
        institute: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// The file.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) place: Place,
    /// The unit of the people in it (code), with everything below it; the province when not given.
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// The day on which it is true (yyyy-mm-dd); today when not given.
    #[arg(long, value_parser = day)]
    pub(crate) as_of: Option<Date>,
    /// Compare only.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// everything: who is not in the file is reported; changes: only who is in it.
    #[arg(long, value_enum, default_value_t = ImportMode::Changes)]
    pub(crate) mode: ImportMode,
    /// The sheet, by name.
    #[arg(long)]
    pub(crate) sheet: Option<String>,
    /// Read the columns as in the earlier file of this name.
    #[arg(long)]
    pub(crate) mapping: Option<String>,
    /// A column by its letters and its field, such as `C=birth`; may be given several times.
    #[arg(long, value_name = "LETTERS=FIELD")]
    pub(crate) column: Vec<String>,
    /// What stands for an empty field of new people, such as `staff=cong_chuc`; may be given several times.
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(crate) default: Vec<String>,
    /// Write the right rows and leave those with faults.
    #[arg(long)]
    pub(crate) valid_rows: bool,
    /// Why; written beside every change.
    #[arg(long, default_value = "import")]
    pub(crate) reason: String,
    /// Write the file with its faults marked here.
    #[arg(long)]
    pub(crate) marked: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Print::Text)]
    pub(crate) format: Print,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportMode {
    Everything,
    Changes,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountCommand {
    /// Add an account and print its first password once.
    Add {
        #[command(flatten)]
        place: Place,
        /// Lower case letters, digits and . - _ @.
        #[arg(long)]
        login: String,
        /// Display name.
        #[arg(long)]
        name: String,
        /// administrator, home_affairs, unit_hr, unit_head, province_leader, learner or inspector.
        #[arg(long, value_parser = role)]
        role: Role,
        /// Unit code that the role is limited to; the whole province when not given.
        #[arg(long)]
        unit: Option<String>,
        /// Staff code of the person, so that the own record can be read.
        #[arg(long)]
        official: Option<String>,
    },
    /// List accounts with their roles.
    List {
        #[command(flatten)]
        place: Place,
        /// Only those whose login or name has these words.
        #[arg(long, default_value = "")]
        find: String,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Lock an account; its sessions and tokens end at once.
    Lock(Reasoned),
    /// Unlock an account.
    Unlock(Reasoned),
    /// Make a token for the directory of the province (SCIM) and print it once; it opens /scim/v2 and nothing else.
    DirectoryToken {
        #[command(flatten)]
        place: Place,
        /// Of the administrator who answers for what the directory does.
        #[arg(long)]
        login: String,
        /// What it is for.
        #[arg(long, default_value = "directory")]
        name: String,
        /// Days it lives, 1 to 365.
        #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u16).range(1..=365))]
        days: u16,
    },
    /// Set a new password and print it once; the sessions and tokens of the account end.
    Password {
        #[command(flatten)]
        place: Place,
        /// Of the account.
        #[arg(long)]
        login: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Reasoned {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Of the account.
    #[arg(long)]
    pub(crate) login: String,
    /// Why; it goes into the audit.
    #[arg(long)]
    pub(crate) reason: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LawCommand {
    /// Show a legal value on a date for a kind of staff, or why there is none.
    Show {
        /// Parameter id; `khuevan law list` names them.
        id: String,
        /// Governing date (yyyy-mm-dd).
        #[arg(long, value_parser = day)]
        on: Date,
        /// can-bo, cong-chuc, vien-chuc or khong-chuyen-trach.
        #[arg(long, value_parser = staff)]
        staff: StaffKind,
        #[arg(long, value_enum, default_value_t = Print::Text)]
        format: Print,
    },
    /// List the parameters.
    List,
}

fn day(text: &str) -> Result<Date, String> {
    domain::time::parse(text).ok_or_else(|| "there is no such day; write yyyy-mm-dd, for example 2026-11-22".to_owned())
}

fn table(text: &str) -> Result<TableId, String> {
    TableId::from_code(text).ok_or_else(|| "there are tables 1 to 6".to_owned())
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_code(&text.replace('-', "_")).ok_or_else(|| "there is no such role; `khuevan account add --help` names them".to_owned())
}

fn staff(text: &str) -> Result<StaffKind, String> {
    StaffKind::from_code(&text.replace('-', "_")).ok_or_else(|| "write can-bo, cong-chuc, vien-chuc or khong-chuyen-trach".to_owned())
}
