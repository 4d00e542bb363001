//! The party: ocpi-kit's in-memory modules, a handshake that really calls back, and commands that really answer later.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ocpi_kit::client::{ClientConfig, OcpiClient, Peer, Registration};
use ocpi_kit::server::{
    AuthenticatedPeer, CallbackUrls, CommandsReceiver, CommandsSender, CredentialsHandler, Handled, InMemoryTokenStore,
    OcpiRouter, RequestContext, ServerConfig,
};
use ocpi_kit::testkit::MockPeer;
use ocpi_kit::transport::{CredentialsToken, OcpiError, StatusCode, TokenRole};
use ocpi_kit::types::{PartyRef, Url};
use ocpi_kit::v2_3_0::commands::{Command, CommandResponse, CommandResponseType, CommandResult, CommandResultType};
use ocpi_kit::v2_3_0::credentials::Credentials;
use ocpi_kit::v2_3_0::types::Role;
use ocpi_kit::{ModuleId, VersionNumber};
use serde_json::{Value, json};

use crate::Outcome;

#[derive(Clone)]
pub struct Party(Arc<State>);

pub struct State {
    pub base: Url,
    pub me: PartyRef,
    is_cpo: bool,
    pub version: VersionNumber,
    pub client: OcpiClient,
    pub held: MockPeer,
    pub callbacks: CallbackUrls,
    tokens: Arc<InMemoryTokenStore>,
    invitation: Mutex<Option<CredentialsToken>>,
    peer: Mutex<Option<Peer>>,
    pub seen: Mutex<Vec<Value>>,
}

impl core::ops::Deref for Party {
    type Target = State;
    fn deref(&self) -> &State {
        &self.0
    }
}

impl Party {
    pub fn new(port: &str, role: &str, version: &str, country: &str, id: &str) -> Outcome<Self> {
        let base = Url::new(format!("http://127.0.0.1:{port}/ocpi"))?;
        let me = PartyRef::new(country, id)?;
        let is_cpo = role == "CPO";
        let role = if is_cpo { Role::Cpo } else { Role::Emsp };
        Ok(Self(Arc::new(State {
            held: MockPeer::new(base.clone(), me.clone(), role),
            callbacks: CallbackUrls::new(base.clone()),
            client: OcpiClient::with_config(ClientConfig::for_testing())?,
            version: if version == "2.2.1" {
                VersionNumber::V2_2_1
            } else {
                VersionNumber::V2_3_0
            },
            tokens: Arc::new(InMemoryTokenStore::new()),
            invitation: Mutex::new(None),
            peer: Mutex::new(None),
            seen: Mutex::new(Vec::new()),
            base,
            me,
            is_cpo,
        })))
    }

    /// The modules of one role over the mock's stores, with this party in place of its credentials and commands.
    ///
    /// One router per role: the prefix that ocpi-kit otherwise puts before receivers is in the address of `commands` that it
    /// publishes, but not in the route that it serves.
    pub fn router(&self) -> axum::Router {
        let held = self.held.clone();
        let router = OcpiRouter::new(self.version.clone(), self.base.clone(), self.tokens.clone())
            .with_config(ServerConfig::default().one_router_per_role())
            .credentials(self.clone());
        let router = if self.is_cpo {
            router
                .locations_sender(held.clone())
                .sessions_sender(held.clone())
                .cdrs_sender(held.clone())
                .tariffs_sender(held.clone())
                .tokens_receiver(held)
                .commands_receiver(self.clone())
        } else {
            router
                .locations_receiver(held.clone())
                .sessions_receiver(held.clone())
                .cdrs_receiver(held.clone())
                .tariffs_receiver(held.clone())
                .tokens_sender(held)
                .commands_sender(self.clone())
        };
        axum::Router::new().nest("/ocpi", router.build())
    }

    pub fn versions_url(&self) -> Url {
        self.base.join("versions")
    }

    pub fn peer(&self) -> Outcome<Peer> {
        self.peer.lock().unwrap().clone().ok_or_else(|| "not registered".into())
    }

    pub fn set_peer(&self, peer: Option<Peer>) {
        *self.peer.lock().unwrap() = peer;
    }

    pub fn admit(&self, token: CredentialsToken, role: TokenRole, parties: Vec<PartyRef>) {
        let peer = AuthenticatedPeer {
            peer_id: "node".to_owned(),
            role,
            parties,
            version: self.version.clone(),
        };
        self.tokens.insert(token, peer);
    }

    /// A token that is good for the handshake only, and only until it is used.
    pub fn invite(&self) -> CredentialsToken {
        let token = CredentialsToken::generate();
        self.admit(token.clone(), TokenRole::A, Vec::new());
        *self.invitation.lock().unwrap() = Some(token.clone());
        token
    }

    /// Own credentials that carry `token`.
    pub fn credentials(&self, token: &CredentialsToken) -> Credentials {
        let mut credentials = self.held.credentials();
        credentials.token = token.to_credentials_field();
        credentials.url = self.versions_url();
        credentials
    }

    fn note(&self, what: Value) {
        self.seen.lock().unwrap().push(what);
    }

    /// What a receiver of credentials does: calls back, then makes a new token for the sender.
    async fn accept(&self, theirs: Credentials) -> Handled<Credentials> {
        let token = CredentialsToken::new_lenient(theirs.token.as_str());
        let transport = self.client.transport();
        let unusable = |error: OcpiError| OcpiError::Remote {
            status_code: StatusCode::UNABLE_TO_USE_CLIENT_API,
            status_message: Some(error.to_string()),
        };
        let selected = Registration::new(theirs.url.clone(), token.clone())
            .discover(transport)
            .await
            .map_err(unusable)?;
        let selected = selected.select(transport, &self.version).await.map_err(unusable)?;
        let mut builder = Peer::builder(self.version.clone(), token)
            .versions_url(theirs.url.clone())
            .endpoints_from(selected.details());
        for party in theirs.parties() {
            builder = builder.party(party);
        }
        self.set_peer(Some(builder.build()));
        let answer = CredentialsToken::generate();
        match self.invitation.lock().unwrap().take() {
            Some(token_a) => {
                self.tokens.remove(&token_a);
                self.admit(answer.clone(), TokenRole::C, theirs.parties().collect());
            }
            None => drop(self.tokens.rotate("node", answer.clone())),
        }
        self.note(json!({ "credentials": serde_json::to_value(&theirs.roles).unwrap_or_default() }));
        Ok(self.credentials(&answer))
    }
}

impl CredentialsHandler for Party {
    async fn get(&self, _c: RequestContext) -> Handled<Credentials> {
        Ok(self.credentials(&CredentialsToken::generate()))
    }

    async fn post(&self, credentials: Credentials, context: RequestContext) -> Handled<Credentials> {
        if context.peer.role != TokenRole::A {
            return Err(OcpiError::MethodNotAllowed("already registered".to_owned()));
        }
        self.accept(credentials).await
    }

    async fn put(&self, credentials: Credentials, context: RequestContext) -> Handled<Credentials> {
        if context.peer.role == TokenRole::A {
            return Err(OcpiError::MethodNotAllowed("not registered".to_owned()));
        }
        self.accept(credentials).await
    }

    async fn delete(&self, _c: RequestContext) -> Handled<()> {
        self.set_peer(None);
        self.note(json!({ "unregistered": true }));
        Ok(())
    }
}

impl CommandsReceiver for Party {
    async fn command(&self, command: Command, _c: RequestContext) -> Handled<CommandResponse> {
        let (response_url, body) = match &command {
            Command::StartSession(c) => (c.response_url.clone(), serde_json::to_value(c)),
            Command::StopSession(c) => (c.response_url.clone(), serde_json::to_value(c)),
            Command::ReserveNow(c) => (c.response_url.clone(), serde_json::to_value(c)),
            Command::CancelReservation(c) => (c.response_url.clone(), serde_json::to_value(c)),
            Command::UnlockConnector(c) => (c.response_url.clone(), serde_json::to_value(c)),
            _ => return Err(OcpiError::Unsupported("command".to_owned())),
        };
        self.note(json!({ "command": command.command_type().as_str(), "body": body.unwrap_or_default() }));
        let party = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(300)).await;
            let Ok(peer) = party.peer() else { return };
            let result = CommandResult::builder().result(CommandResultType::Accepted).build();
            let module = party.client.peer(&peer, party.me.clone()).module(ModuleId::Commands);
            let sent: Result<Option<Value>, _> = module.post(response_url, &result).await;
            party.note(json!({ "result_sent": match sent {
                Ok(_) | Err(OcpiError::MissingData { .. }) => "accepted".to_owned(),
                Err(error) => error.to_string(),
            } }));
        });
        Ok(CommandResponse::builder()
            .result(CommandResponseType::Accepted)
            .timeout(30u32)
            .build())
    }
}

impl CommandsSender for Party {
    async fn command_result(&self, unique_id: String, result: CommandResult, _c: RequestContext) -> Handled<()> {
        self.note(json!({ "result": result.result.as_str(), "of": unique_id }));
        Ok(())
    }
}
