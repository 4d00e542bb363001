//! What the run asks of the party, in the typed calls of ocpi-kit's client.

use std::fmt::Display;

use ocpi_kit::client::{Conformance, PageStream, Registration};
use ocpi_kit::testkit::sample;
use ocpi_kit::transport::{CredentialsToken, PageQuery, Patch, TokenRole};
use ocpi_kit::types::{DateTime, PartyRef, Url, Validate};
use ocpi_kit::v2_3_0::commands::{Command, StartSession, StopSession};
use ocpi_kit::v2_3_0::tokens::LocationReferences;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::Outcome;
use crate::party::Party;

fn text<'a>(order: &'a Value, name: &str) -> Outcome<&'a str> {
    order[name].as_str().ok_or_else(|| format!("{name} is missing").into())
}

pub async fn follow(party: &Party, order: &Value) -> Outcome<Value> {
    match text(order, "do")? {
        "invite" => invite(party),
        "register" => register(party, order).await,
        "unregister" => unregister(party).await,
        "conformance" => conformance(party).await,
        "pull" => pull(party, text(order, "module")?, order["limit"].as_u64().unwrap_or(50)).await,
        "push" => push(party, text(order, "module")?, &order["change"]).await,
        "patch_evse" => patch_evse(party, order).await,
        "hold" => hold(party, text(order, "module")?, &order["change"]),
        "held" => held(party, text(order, "module")?),
        "authorize" => authorize(party, order).await,
        "command" => command(party, order).await,
        "seen" => Ok(Value::Array(party.seen.lock().unwrap().clone())),
        other => Err(format!("unknown order {other}").into()),
    }
}

fn invite(party: &Party) -> Outcome<Value> {
    Ok(json!({ "versions_url": party.versions_url(), "token_a": party.invite().expose_secret() }))
}

async fn register(party: &Party, order: &Value) -> Outcome<Value> {
    let transport = party.client.transport();
    let token_a = CredentialsToken::new(text(order, "token_a")?)?;
    let selected = Registration::new(Url::new(text(order, "versions_url")?)?, token_a)
        .discover(transport)
        .await?
        .select(transport, &party.version)
        .await?;
    // The node may write to this party the moment its answer is on the way, so its parties are admitted before.
    let parties = order["parties"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let parties = parties
        .filter_map(|name| name.split_once('*'))
        .map(|(country, id)| PartyRef::new(country, id));
    let token_b = CredentialsToken::generate();
    party.admit(token_b.clone(), TokenRole::B, parties.collect::<Result<_, _>>()?);
    let peer = selected.register(transport, &party.credentials(&token_b)).await?;
    let names: Vec<String> = peer.parties().iter().map(ToString::to_string).collect();
    let endpoints = peer.endpoints().count();
    party.set_peer(Some(peer));
    Ok(json!({ "parties": names, "endpoints": endpoints }))
}

async fn unregister(party: &Party) -> Outcome<Value> {
    let peer = party.peer()?;
    let url = peer.credentials_url().cloned().ok_or("no credentials endpoint")?;
    let session = party.client.peer(&peer, party.me.clone());
    session.module(ocpi_kit::ModuleId::Credentials).delete(url).await?;
    party.set_peer(None);
    Ok(json!({}))
}

async fn conformance(party: &Party) -> Outcome<Value> {
    let peer = party.peer()?;
    let url = peer.versions_url().cloned().ok_or("no versions address")?;
    let report = Conformance::new(url, peer.token().clone())
        .with_page_limit(2)
        .run(party.client.transport())
        .await;
    let checks = report.checks.iter().map(|check| {
        json!({ "id": check.id, "title": check.title, "outcome": check.outcome.to_string(), "detail": check.detail, "spec": check.spec })
    });
    Ok(json!({ "version": report.version.map(|version| version.to_string()), "checks": checks.collect::<Vec<_>>() }))
}

/// Every page, every document parsed into ocpi-kit's type and validated by it.
async fn crawl<T: DeserializeOwned + Serialize + Validate>(mut stream: PageStream<'_, T>) -> Outcome<Value> {
    let mut documents = Vec::new();
    let mut violations = Vec::new();
    while let Some(item) = stream.next().await? {
        if let Err(found) = item.validate() {
            violations.extend(
                found
                    .iter()
                    .map(|one| format!("{} {}: {}", one.pointer, one.code.as_str(), one.message)),
            );
        }
        documents.push(serde_json::to_value(&item)?);
    }
    Ok(json!({
        "documents": documents,
        "violations": violations,
        "pages": stream.pages_fetched(),
        "total": stream.total_count(),
    }))
}

async fn pull(party: &Party, module: &str, limit: u64) -> Outcome<Value> {
    let peer = party.peer()?;
    let node = party.client.peer(&peer, party.me.clone());
    let query = PageQuery::new().with_limit(limit);
    match module {
        "locations" => crawl(node.locations().list(query)?).await,
        "tariffs" => crawl(node.tariffs().list(query)?).await,
        "sessions" => crawl(node.sessions().list(query)?).await,
        "cdrs" => crawl(node.cdrs().list(query)?).await,
        "tokens" => crawl(node.tokens().list(query)?).await,
        other => Err(format!("no list of {other}").into()),
    }
}

/// A sample of ocpi-kit as a document of this party, with the fields of `change` put in.
fn own<T: Serialize + DeserializeOwned>(party: &Party, sample: Result<T, impl Display>, change: &Value) -> Outcome<T> {
    let sample = sample.map_err(|error| error.to_string())?;
    let mut document = serde_json::to_value(sample)?;
    document["country_code"] = json!(party.me.country_code);
    document["party_id"] = json!(party.me.party_id);
    document["last_updated"] = json!(DateTime::now());
    // The sample's charge points say nothing of themselves, so nobody may start a session at them.
    for evse in document["evses"].as_array_mut().into_iter().flatten() {
        evse["capabilities"] = json!(["REMOTE_START_STOP_CAPABLE"]);
    }
    for (name, value) in change.as_object().into_iter().flatten() {
        document[name] = value.clone();
    }
    Ok(serde_json::from_value(document)?)
}

async fn push(party: &Party, module: &str, change: &Value) -> Outcome<Value> {
    let peer = party.peer()?;
    let me = &party.me;
    let node = party.client.peer(&peer, me.clone());
    match module {
        "locations" => {
            node.locations_receiver()
                .put_location(me, &own(party, sample::location("KIT-L1"), change)?)
                .await?
        }
        "tariffs" => {
            node.tariffs_receiver()
                .put_tariff(me, &own(party, sample::tariff("KIT-T1", "0.25"), change)?)
                .await?
        }
        "sessions" => {
            node.sessions_receiver()
                .put_session(me, &own(party, sample::session("KIT-S1"), change)?)
                .await?
        }
        "tokens" => {
            node.tokens_receiver()
                .put_token(me, &own(party, sample::token("KIT0001"), change)?)
                .await?
        }
        "cdrs" => {
            let address = node.cdrs().post(&own(party, sample::cdr("KIT-C1"), change)?).await?;
            return Ok(json!({ "location": address }));
        }
        other => return Err(format!("cannot push {other}").into()),
    }
    Ok(json!({}))
}

async fn patch_evse(party: &Party, order: &Value) -> Outcome<Value> {
    let peer = party.peer()?;
    let node = party.client.peer(&peer, party.me.clone());
    let patch: Patch<Value> =
        Patch::from_value(json!({ "status": text(order, "status")?, "last_updated": DateTime::now() }));
    let (location, evse) = (text(order, "location")?, text(order, "evse")?);
    node.locations_receiver()
        .patch(&party.me, location, Some(evse), None, &patch)
        .await?;
    Ok(json!({}))
}

/// Puts a document into the own lists, for the node to pull.
fn hold(party: &Party, module: &str, change: &Value) -> Outcome<Value> {
    match module {
        "locations" => party
            .held
            .locations
            .put(own(party, sample::location("KIT-L1"), change)?),
        "tariffs" => party
            .held
            .tariffs
            .put(own(party, sample::tariff("KIT-T1", "0.25"), change)?),
        "sessions" => party.held.sessions.put(own(party, sample::session("KIT-S1"), change)?),
        "tokens" => party.held.tokens.put(own(party, sample::token("KIT0001"), change)?),
        "cdrs" => party.held.cdrs.put(own(party, sample::cdr("KIT-C1"), change)?),
        other => return Err(format!("cannot hold {other}").into()),
    };
    Ok(json!({}))
}

fn held(party: &Party, module: &str) -> Outcome<Value> {
    Ok(match module {
        "locations" => serde_json::to_value(party.held.locations.all())?,
        "tariffs" => serde_json::to_value(party.held.tariffs.all())?,
        "sessions" => serde_json::to_value(party.held.sessions.all())?,
        "cdrs" => serde_json::to_value(party.held.cdrs.all())?,
        "tokens" => serde_json::to_value(party.held.tokens.all())?,
        other => return Err(format!("no store of {other}").into()),
    })
}

async fn authorize(party: &Party, order: &Value) -> Outcome<Value> {
    let peer = party.peer()?;
    let node = party.client.peer(&peer, party.me.clone());
    let location: Option<LocationReferences> = serde_json::from_value(order["location"].clone())?;
    let answer = node
        .tokens()
        .authorize(text(order, "uid")?, None, location.as_ref())
        .await?;
    Ok(serde_json::to_value(answer)?)
}

async fn command(party: &Party, order: &Value) -> Outcome<Value> {
    let peer = party.peer()?;
    let node = party.client.peer(&peer, party.me.clone());
    let name = text(order, "type")?;
    // Not the name of the command: a 2.2.1 router of ocpi-kit reads whatever arrives below START_SESSION as a StartSession.
    let response_url = party.callbacks.command_result("result", "kit-1");
    let command = match name {
        "START_SESSION" => {
            let mut body = order["body"].clone();
            body["response_url"] = json!(response_url);
            body["token"] = serde_json::to_value(own(
                party,
                sample::token("KIT0001"),
                &json!({ "uid": text(order, "uid")? }),
            )?)?;
            let start: StartSession = serde_json::from_value(body)?;
            Command::StartSession(Box::new(start))
        }
        "STOP_SESSION" => {
            let stop = StopSession::builder()
                .response_url(response_url)
                .session_id(text(order, "session_id")?);
            Command::StopSession(stop.build())
        }
        other => return Err(format!("cannot send {other}").into()),
    };
    let answer = node.commands().send(&command).await?;
    let violations = answer.validate().err().map(|found| found.to_string());
    Ok(json!({ "response": answer, "violations": violations }))
}
