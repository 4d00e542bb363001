"""An OCPI 2.2.1 party made of py_ocpi (extrawest_ocpi), driven by JSON lines: one order in, one answer out.

Arguments: port, role (CPO or EMSP), version (2.2.1), country code, party id.
"""

import asyncio
import json
import logging
import os
import secrets
import sys

port, role, version, country, party_id = sys.argv[1:6]
if version != "2.2.1":
    sys.exit("py_ocpi speaks 2.2.1")
os.environ |= {
    "ENVIRONMENT": "testing",
    "PROTOCOL": "http",
    "OCPI_HOST": f"127.0.0.1:{port}",
    "COUNTRY_CODE": country,
    "PARTY_ID": party_id,
    "CI_STRING_LOWERCASE_PREFERENCE": "false",
    "COMMAND_AWAIT_TIME": "1",
}

import uvicorn  # noqa: E402
from py_ocpi import get_application  # noqa: E402
from py_ocpi.core import push as py_push  # noqa: E402
from py_ocpi.core.adapter import BaseAdapter  # noqa: E402
from py_ocpi.core.endpoints import ENDPOINTS  # noqa: E402
from py_ocpi.core.endpoints.v_2_2_1.utils import cpo_generator  # noqa: E402
from py_ocpi.core.enums import ModuleID, RoleEnum  # noqa: E402
from py_ocpi.core.schemas import Push, Receiver  # noqa: E402
from py_ocpi.modules.commands.v_2_2_1.schemas import CommandResponse, StartSession, StopSession  # noqa: E402
from py_ocpi.modules.credentials.v_2_2_1.schemas import Credentials  # noqa: E402
from py_ocpi.modules.tokens.v_2_2_1.schemas import AuthorizationInfo  # noqa: E402
from py_ocpi.modules.versions.enums import VersionNumber  # noqa: E402
from py_ocpi.modules.versions.v_2_2_1.enums import InterfaceRole  # noqa: E402
from py_ocpi.modules.versions.v_2_2_1.schemas import VersionDetail  # noqa: E402

import documents  # noqa: E402
from party import PREFIX, Party, Store, Tokens  # noqa: E402

logging.disable(logging.CRITICAL)
Party.role = role
MODULES = ["credentials", "locations", "tariffs", "tokens", "sessions", "cdrs", "commands"]

# py_ocpi joins the path of an object to an endpoint's address without a slash between them.
joined = py_push.client_url
py_push.client_url = lambda module, id, base: joined(module, id, base if module == ModuleID.cdrs else f"{base}/")

# Of the answer to a CDR py_ocpi hands on the headers only; the node's verdict is in the body.
sent_push = py_push.send_push_request


async def send_and_read(*args):
    response = await sent_push(*args)
    data_of(response)
    return response


py_push.send_push_request = send_and_read

# py_ocpi serves the commands of a CPO, but does not name them among its endpoints.
ENDPOINTS[VersionNumber.v_2_2_1][RoleEnum.cpo].setdefault(
    ModuleID.commands, cpo_generator.generate_endpoint(ModuleID.commands, InterfaceRole.receiver)
)

app = get_application(
    version_numbers=[VersionNumber.v_2_2_1],
    roles=[RoleEnum(role)],
    crud=Store,
    modules=[ModuleID(name) for name in MODULES],
    authenticator=Tokens,
    adapter=BaseAdapter,
)


def data_of(response) -> object:
    """The data of an answer, or the failure it tells."""
    body = response.json()
    if response.status_code >= 300 or body.get("status_code") != 1000:
        raise ValueError(f"HTTP {response.status_code}, OCPI {body.get('status_code')}: {body.get('status_message')}")
    return body.get("data")


async def invite(_order: dict) -> dict:
    Party.token_a.append(secrets.token_urlsafe(32))
    return {"versions_url": Party.versions_url(), "token_a": Party.token_a[-1]}


async def register(order: dict) -> dict:
    token_a = order["token_a"]
    versions = data_of(await Party.call("GET", order["versions_url"], token_a))
    Party.node_details_url = next(entry["url"] for entry in versions if entry["version"] == version)
    details = VersionDetail(**data_of(await Party.call("GET", Party.node_details_url, token_a))).dict()
    Party.node_endpoints = details["endpoints"]
    token_b = secrets.token_urlsafe(32)
    Party.token_c.append(token_b)
    url = Party.endpoint("credentials", "RECEIVER")
    answer = await Party.call("POST", url, token_a, json=Credentials(**Party.credentials(token_b)).dict())
    theirs = Credentials(**data_of(answer)).dict()
    Party.keep_node(theirs, details["endpoints"])
    parties = [f"{entry['country_code']}*{entry['party_id']}" for entry in theirs["roles"]]
    return {"parties": parties, "endpoints": len(details["endpoints"])}


async def unregister(_order: dict) -> dict:
    data_of(await Party.call("DELETE", Party.endpoint("credentials", "RECEIVER")))
    return {}


async def pull(order: dict) -> dict:
    """Every page of a list, each document parsed by py_ocpi's type."""
    module = order["module"]
    url, found, violations, pages = f"{Party.endpoint(module, 'SENDER')}?limit={order.get('limit', 50)}", [], [], 0
    total = None
    while url and pages < 500:
        response = await Party.call("GET", url)
        pages += 1
        total = int(response.headers["x-total-count"])
        for document in data_of(response):
            found.append(document)
            try:
                documents.model(module)(**document)
            except ValueError as error:
                violations.append(str(error))
        url = response.links.get("next", {}).get("url")
    return {"documents": found, "violations": violations, "pages": pages, "total": total}


async def details_url() -> str:
    versions = data_of(await Party.call("GET", Party.node_versions_url))
    return next(entry["url"] for entry in versions if entry["version"] == version)


async def push(order: dict) -> dict:
    """Through py_ocpi's own push: it reads the node's endpoints, then sends what the store holds."""
    module = order["module"]
    document = documents.own(module, order.get("change"))
    id = document["uid" if module == "tokens" else "id"]
    Party.held[module][id] = document
    receiver = Receiver(endpoints_url=await details_url(), auth_token=Party.node_token)
    job = Push(module_id=ModuleID(module), object_id=id, receivers=[receiver])
    [sent] = (await py_push.push_object(VersionNumber.v_2_2_1, job, Store, BaseAdapter)).receiver_responses
    return {"location": sent.response.get("location")}


async def patch_evse(order: dict) -> dict:
    address = f"{Party.endpoint('locations', 'RECEIVER')}/{country}/{party_id}/{order['location']}/{order['evse']}"
    body = {"status": order["status"], "last_updated": documents.now()}
    data_of(await Party.call("PATCH", address, json=body))
    return {}


async def hold(order: dict) -> dict:
    document = documents.own(order["module"], order.get("change"))
    Party.held[order["module"]][document["uid" if order["module"] == "tokens" else "id"]] = document
    return {}


async def held(order: dict) -> list:
    return list(Party.held[order["module"]].values())


async def authorize(order: dict) -> dict:
    address = f"{Party.endpoint('tokens', 'SENDER')}/{order['uid']}/authorize"
    body = {"json": order["location"]} if order.get("location") else {}
    return AuthorizationInfo(**data_of(await Party.call("POST", address, **body))).dict()


async def command(order: dict) -> dict:
    name = order["type"]
    result_url = f"http://127.0.0.1:{port}/{PREFIX}/emsp/2.2.1/commands/py-1"
    if name == "START_SESSION":
        token = documents.own("tokens", {"uid": order["uid"]})
        body = StartSession(response_url=result_url, token=token, **order["body"])
    else:
        body = StopSession(response_url=result_url, session_id=order["session_id"])
    address = f"{Party.endpoint('commands', 'RECEIVER')}/{name}"
    return {"response": CommandResponse(**data_of(await Party.call("POST", address, json=body.dict()))).dict()}


async def seen(_order: dict) -> list:
    return Party.seen


ORDERS = {
    order.__name__: order
    for order in (invite, register, unregister, pull, push, patch_evse, hold, held, authorize, command, seen)
}


async def follow(line: str) -> dict:
    order = json.loads(line)
    try:
        return {"ok": await ORDERS[order["do"]](order)}
    except Exception as error:  # the run decides what a failure means
        return {"error": f"{type(error).__name__}: {error}"}


async def main() -> None:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=int(port), log_level="critical"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await follow(line), default=str), flush=True)
    server.should_exit = True
    await serving


asyncio.run(main())
