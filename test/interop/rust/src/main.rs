//! An OCPI party made of ocpi-kit alone, driven by JSON lines: one order on standard input, one answer on standard output.
//! Arguments: port, role (CPO or EMSP), version, country code, party id.

mod orders;
mod party;

use std::error::Error;

use party::Party;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

pub type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

async fn serve() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, role, version, country, id] = arguments.as_slice() else {
        return Err("five arguments: port role version country party".into());
    };
    let party = Party::new(port, role, version, country, id)?;
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    let app = party.router();
    tokio::spawn(async move { axum::serve(listener, app).await });

    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut out = tokio::io::stdout();
    while let Some(line) = lines.next_line().await? {
        let order: Value = serde_json::from_str(&line)?;
        let answer = match orders::follow(&party, &order).await {
            Ok(value) => json!({ "ok": value }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        out.write_all(format!("{answer}\n").as_bytes()).await?;
        out.flush().await?;
    }
    Ok(())
}

fn main() -> Outcome<()> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(serve())
}
