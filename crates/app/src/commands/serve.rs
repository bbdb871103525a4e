//! `khuevan serve`: opens or prepares the database, listens, ends cleanly.
//! Not for: pages.

use std::process::ExitCode;
use std::sync::Arc;

use service::demo::{self, Found};
use service::{Ctx, Services};
use store::Db;
use synthetic::Options;
use tokio::net::TcpListener;

use super::{When, data};
use crate::cli::Serve;
use crate::clock;
use crate::outcome::Failure;
use crate::screen::{answer, remark};

pub(super) async fn serve(args: Serve, when: When) -> Result<ExitCode, Failure> {
    if args.demo && !args.listen.ip().is_loopback() {
        return Err(Failure::plain(
            "demo accounts have a public password, so --demo listens on this machine only; use --listen 127.0.0.1:PORT",
        ));
    }
    // The port is taken first: a busy one must not cost the wait for a fresh province.
    let listener = TcpListener::bind(args.listen).await.map_err(|e| {
        Failure::new(format!("{} cannot be listened on; another program may have it, choose one with --listen", args.listen), e)
    })?;
    let address = match &args.data {
        Some(folder) => format!("sqlite:{}", folder.join("khuevan.db").display()),
        None => args.place.database.clone(),
    };
    data::make_room(&address)?;
    let db = Db::open(&address).await?;
    if args.demo {
        prepare(&db, when).await?;
    }
    let place = listener.local_addr().map_err(|e| Failure::new("the address is not known", e))?;
    let services = Arc::new(Services::new(db));
    let system = Ctx::system(when.now, when.today);
    // Read before the first visitor waits for it; an unreadable scheme is told on the pages that need it, not by a dead server.
    if let Err(surprise) = service::schemes::in_force(&services, &system).await {
        tracing::warn!(%surprise, "the schemes in force cannot be read");
    }
    let province = match service::registry::home_unit(&services, &system, when.today).await {
        Ok(root) => root.unit.name.clone(),
        Err(_) => "Khuê Văn".to_owned(),
    };
    let postman = super::notices::postman(&services, &system, &args.mail).await?;
    let state = web::AppState {
        services: Arc::clone(&services),
        clock: Arc::new(move || if when.fixed { when.now } else { clock::now() }),
        demo: args.demo,
        province,
        secure_cookies: args.secure_cookies,
    };
    answer(&format!("Khuê Văn: http://{place}"));
    if args.demo {
        remark(&format!("demo accounts: one per role on the sign-in page, password `{}`", demo::DEMO_PASSWORD));
    }
    tokio::spawn(super::notices::keep_going(Arc::clone(&services), Arc::clone(&state.clock), postman));
    tokio::spawn(warm(services, system));
    let app = web::router(state).into_make_service_with_connect_info::<std::net::SocketAddr>();
    let served = axum::serve(listener, app).with_graceful_shutdown(stopped()).await;
    served.map_err(|e| Failure::new("the server failed", e))?;
    remark("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Counts today's figures once, beside the first visitors: the statements are then prepared and the pages of the database at hand.
/// What fails here is told on the pages that need it.
async fn warm(services: Arc<Services>, system: Ctx) {
    let today = service::progress::Ask::on(system.today);
    if let Err(surprise) = service::progress::all(&services, &system, &today).await {
        tracing::warn!(%surprise, "today's figures cannot be counted yet");
    }
    if let Err(surprise) = service::schemes::quality(&system) {
        tracing::warn!(%surprise, "the printed tables cannot be read");
    }
}

/// Makes a demonstration of an empty database; refuses to make one of anything else.
async fn prepare(db: &Db, when: When) -> Result<(), Failure> {
    match demo::found(db).await? {
        Found::Demo => return Ok(()),
        Found::Own => return Err(Failure::plain("this database is no demonstration; start without --demo, or name another database")),
        Found::Province => {}
        Found::Nothing => {
            remark("preparing the demo province …");
            data::fill(db, Options::on(when.today), when).await?;
        }
    }
    let learner = demo::put_accounts(db, when.now, when.today, &mut |_| {}).await?;
    Box::pin(demo::put_classes(db, when.today, learner)).await?;
    Ok(())
}

/// Ctrl+C, or SIGTERM from a service manager.
async fn stopped() {
    let interrupt = async {
        let _: std::io::Result<()> = tokio::signal::ctrl_c().await;
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}
