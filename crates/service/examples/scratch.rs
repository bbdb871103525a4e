//! scratch
#![allow(clippy::all)]
use std::time::Instant as T;
#[tokio::main]
async fn main() {
    let a = std::env::args().nth(1).unwrap();
    let n: u32 = std::env::args().nth(2).unwrap().parse().unwrap();
    let today = domain::time::parse("2026-11-22").unwrap();
    let db = store::Db::open(&a).await.unwrap();
    let t = T::now();
    if !service::demo::is_ready(&db).await.unwrap() {
        service::demo::generate(
            &db,
            synthetic::Options { people: n, ..synthetic::Options::on(today) },
            domain::time::Instant(0),
            &mut |_| {},
        )
        .await
        .unwrap();
        println!("generate {:?}", t.elapsed());
    }
    let ctx = service::Ctx::system(domain::time::Instant(0), today);
    for _ in 0..3 {
        let s = service::Services::new(db.clone());
        let t = T::now();
        let f = service::progress::all(&s, &ctx, &service::progress::Ask::on(today)).await.unwrap();
        println!("all {} {:?}", f.len(), t.elapsed());
    }
    let s = service::Services::new(db.clone());
    for code in ["T2.1", "T1.2", "T3.2", "T0.4"] {
        let t = T::now();
        service::progress::detail(&s, &ctx, code, &service::progress::Ask::on(today)).await.unwrap();
        println!("detail {code} {:?}", t.elapsed());
    }
    // each target alone
    let schemes = service::schemes::in_force(&s, &ctx).await.unwrap();
    for st in &schemes {
        for tg in &st.scheme.targets {
            let w = domain::progress::Window::of(tg, today).unwrap();
            let place = store::read::progress::Place::province(today);
            let q = store::read::progress::Question { scheme: &st.scheme.code, target: tg, window: w, place: &place };
            let t = T::now();
            store::read::progress::count(&db, &q).await.unwrap();
            println!("  {} {:?}", tg.code, t.elapsed());
        }
    }
}
