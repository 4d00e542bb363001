"""What py_ocpi leaves to its user: a store in memory, the tokens, and the answers of a charge point."""

import secrets

import httpx
from py_ocpi.core.authentication.authenticator import Authenticator
from py_ocpi.core.config import settings
from py_ocpi.core.crud import Crud
from py_ocpi.core.enums import Action, ModuleID
from py_ocpi.core.utils import encode_string_base64

PREFIX = "ocpi"


class Party:
    """The one party of this process: what it holds, which tokens it takes, how it reaches the node."""

    role = ""
    held: dict[str, dict[str, dict]] = {module.value: {} for module in ModuleID}
    seen: list[dict] = []
    token_a: list[str] = []
    token_c: list[str] = []
    node_token = ""
    node_versions_url = ""
    node_details_url = ""
    node_endpoints: list[dict] = []

    @classmethod
    def versions_url(cls) -> str:
        return f"{settings.PROTOCOL}://{settings.OCPI_HOST}/{PREFIX}/versions"

    @classmethod
    def credentials(cls, token: str) -> dict:
        return {
            "token": token,
            "url": cls.versions_url(),
            "roles": [
                {
                    "role": cls.role,
                    "business_details": {"name": "py_ocpi peer"},
                    "country_code": settings.COUNTRY_CODE,
                    "party_id": settings.PARTY_ID,
                }
            ],
        }

    @classmethod
    def headers(cls, token: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Token {encode_string_base64(token or cls.node_token)}"}

    @classmethod
    def keep_node(cls, credentials: dict, endpoints: list[dict]) -> None:
        cls.node_token = credentials["token"]
        cls.node_versions_url = credentials["url"]
        cls.node_endpoints = endpoints

    @classmethod
    def endpoint(cls, module: str, role: str) -> str:
        for endpoint in cls.node_endpoints:
            if endpoint["identifier"] == module and (endpoint["role"] == role or module == "credentials"):
                return endpoint["url"]
        raise LookupError(f"the node offers no {module} {role}")

    @classmethod
    async def call(cls, method: str, url: str, token: str | None = None, **options) -> httpx.Response:
        async with httpx.AsyncClient(timeout=20) as client:
            return await client.request(method, url, headers=cls.headers(token), **options)


class Tokens(Authenticator):
    """Tokens of the node: A before the handshake, C (or our B) after it."""

    @classmethod
    async def get_valid_token_c(cls) -> list[str]:
        return Party.token_c

    @classmethod
    async def get_valid_token_a(cls) -> list[str]:
        return Party.token_a


def key_of(module: ModuleID, document: dict) -> str:
    return str(document["uid" if module == ModuleID.tokens else "id"])


class Store(Crud):
    """Documents by module and id. Ids are compared as py_ocpi hands them over, in its one letter case."""

    @classmethod
    async def get(cls, module, role, id, *args, **kwargs):
        if module == ModuleID.commands:
            return {"result": "ACCEPTED"}
        if module == ModuleID.credentials_and_registration:
            return Party.credentials(kwargs["auth_token"])
        return Party.held[module.value].get(str(id))

    @classmethod
    async def list(cls, module, role, filters, *args, **kwargs):
        items = list(Party.held[module.value].values())
        start, end = filters["offset"], filters["offset"] + filters["limit"]
        return items[start:end], len(items), end >= len(items)

    @classmethod
    async def create(cls, module, role, data, *args, **kwargs):
        if module == ModuleID.credentials_and_registration:
            token = secrets.token_urlsafe(32)
            Party.token_c.append(token)
            Party.token_a.clear()
            Party.keep_node(data["credentials"], data["endpoints"]["endpoints"])
            Party.seen.append({"credentials": data["credentials"]["roles"]})
            return Party.credentials(token)
        Party.held[module.value][key_of(module, data)] = data
        return data

    @classmethod
    async def update(cls, module, role, data, id, *args, **kwargs):
        if module == ModuleID.commands:
            Party.seen.append({"result": data["result"], "of": id})
            return data
        if module == ModuleID.credentials_and_registration:
            return await cls.create(module, role, data)
        Party.held[module.value][str(id)] = data
        return data

    @classmethod
    async def delete(cls, module, role, id, *args, **kwargs):
        if module == ModuleID.credentials_and_registration:
            Party.token_c.clear()
            Party.seen.append({"unregistered": True})
            return
        Party.held[module.value].pop(str(id), None)

    @classmethod
    async def do(cls, module, role, action, *args, data=None, **kwargs):
        if action == Action.get_client_token:
            return Party.node_token
        if action == Action.authorize_token:
            token = Party.held["tokens"][data["token_uid"]]
            return {"allowed": "ALLOWED", "token": token, "location": data["location_reference"]}
        if action == Action.send_command:
            Party.seen.append({"command": kwargs["command"].value, "body": args[0] if args else data})
            return {"result": "ACCEPTED", "timeout": 30}
        return None
