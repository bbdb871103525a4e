//! The site on a small province, and a way to ask it as somebody on any day.
//! Not for: what is asked.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use domain::time::{Date, Instant};
use service::demo::{self, DEMO_PASSWORD};
use service::sessions::{self, Knock};
use service::{Ctx, Services, intake};

use testkit::databases::{self, Fresh};
use testkit::small::Small;
use tower::ServiceExt as _;

use crate::AppState;
use crate::asked::escaped;
use crate::routes::router;

/// The day on which the province was made: 22/11/2026, noon in Việt Nam.
pub(super) const MADE: Instant = Instant(1_795_320_000_000);

/// The site as it is met at one instant, with nothing kept in memory yet.
pub(super) struct House {
    app: Router,
    services: Arc<Services>,
    now: Instant,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A database with a small province and the demonstration accounts.
pub(super) async fn furnished(small: &Small, now: Instant) -> Fresh {
    let fresh = databases::sqlite().await;
    small.load(&fresh.db, now).await;
    demo::put_catalogue(&fresh.db, now, domain::time::day_of(now)).await.unwrap();
    demo::put_accounts(&fresh.db, now, domain::time::day_of(now), &mut |_| {}).await.unwrap();
    fresh
}

/// The day on which the province was made.
pub(super) fn today() -> Date {
    domain::time::day_of(MADE)
}

/// Noon of a day in the province.
pub(super) fn noon(day: &str) -> Instant {
    let days = (domain::time::parse(day).unwrap() - today()).whole_days();
    MADE.plus_ms(days * 24 * 60 * 60 * 1_000)
}

impl House {
    /// Opens the site over a database at an instant.
    pub(super) fn open(fresh: &Fresh, now: Instant) -> Self {
        let services = Arc::new(Services::new(fresh.db.clone()));
        let state = AppState {
            services: Arc::clone(&services),
            clock: Arc::new(move || now),
            demo: true,
            province: "Tỉnh thử".to_owned(),
            secure_cookies: false,
        };
        Self { app: router(state), services, now }
    }

    /// Tells people of what happened by now, as the server does by itself.
    pub(super) async fn tell(&self) {
        let system = Ctx::system(self.now, domain::time::day_of(self.now));
        service::notices::dispatch(&self.services, &system, service::notices::Post::Letters).await.unwrap();
    }

    /// The cookie of a demonstration account.
    pub(super) async fn sign_in(&self, login: &str) -> String {
        let system = Ctx::system(self.now, domain::time::day_of(self.now));
        let knock = Knock { address: "127.0.0.1", agent: "Trình duyệt thử" };
        let signed = sessions::sign_in(&self.services, &system, login, DEMO_PASSWORD, knock).await.unwrap();
        format!("kv_session={}", signed.token)
    }

    /// A token of a demonstration account.
    pub(super) async fn token(&self, login: &str, writes: bool) -> String {
        self.token_with(login, if writes { sessions::TokenRights::Write } else { sessions::TokenRights::Read }).await
    }

    /// A token of a demonstration account with these rights.
    pub(super) async fn token_with(&self, login: &str, rights: sessions::TokenRights) -> String {
        let cookie = self.sign_in(login).await;
        let session = cookie.strip_prefix("kv_session=").unwrap();
        let today = domain::time::day_of(self.now);
        let found = sessions::session(&self.services, session, self.now, today).await.unwrap().unwrap();
        let ctx = Ctx { who: Some(found.who.clone()), ..Ctx::system(self.now, today) };
        sessions::create_token_with(&self.services, &ctx, "máy", 30, rights).await.unwrap()
    }

    pub(super) async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    /// Takes a file in and compares it, as the terminal does.
    pub(super) async fn take_in(&self, unit: &str, text: &str) -> i64 {
        let system = Ctx::system(self.now, domain::time::day_of(self.now));
        let file = ("danh-sach.csv", text.as_bytes());
        let batch = intake::take(&self.services, &system, unit, file, system.today, intake::Taking::Officials(intake::Mode::Everything))
            .await
            .unwrap();
        intake::rehearse(&self.services, &system, batch, &Arc::default()).await.unwrap();
        batch
    }

    /// Writes a file that was compared.
    pub(super) async fn carry(&self, batch: i64) {
        let system = Ctx::system(self.now, domain::time::day_of(self.now));
        let policy = intake::Policy::ValidRows;
        intake::carry(&self.services, &system, batch, policy, "danh sách gửi kèm", &Arc::default()).await.unwrap();
    }

    /// Posts a form as a browser does that opened a page before.
    pub(super) async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get("/tim", cookie).await.text();
        let csrf = page.split_once("name=\"csrf\" value=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(token, _)| token);
        self.post_with(path, cookie, csrf, fields).await
    }

    /// Posts a form with a file and a reason.
    pub(super) async fn send_file(&self, path: &str, cookie: &str, (name, bytes): (&str, &[u8])) -> Answer {
        let page = self.get("/tim", cookie).await.text();
        let csrf = page.split_once("name=\"csrf\" value=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(token, _)| token);
        let field = |name: &str, text: &str| format!("--giua\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        let head = format!("--giua\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n");
        let fields = [field("csrf", csrf), field("reason", "bản quét"), field("material", "Bài giảng"), head].concat();
        let body = [fields.as_bytes(), bytes, b"\r\n--giua--\r\n"].concat();
        let request = Request::post(path).header(header::COOKIE, cookie).header(header::CONTENT_TYPE, "multipart/form-data; boundary=giua");
        self.send(request.body(body.into()).unwrap()).await
    }

    /// Posts a form with a token.
    pub(super) async fn post_with(&self, path: &str, cookie: &str, csrf: &str, fields: &[(&str, &str)]) -> Answer {
        let token = [("csrf", csrf)];
        let pairs = fields.iter().chain(&token).map(|(name, value)| format!("{name}={}", escaped(value)));
        let request = Request::post(path).header(header::COOKIE, cookie).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(pairs.collect::<Vec<_>>().join("&").into()).unwrap()).await
    }

    pub(super) async fn send(&self, mut request: Request<Body>) -> Answer {
        request.headers_mut().insert(header::HOST, "localhost".parse().unwrap());
        if request.extensions().get::<ConnectInfo<SocketAddr>>().is_none() {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        }
        let answer = self.app.clone().oneshot(request).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec();
        Answer { status, headers, body }
    }
}
