"""Documents of this party, made by py_ocpi's own types, so that their shape is py_ocpi's and not ours."""

from datetime import datetime, timezone

from py_ocpi.core.config import settings
from py_ocpi.core.utils import get_module_model

CLASSES = {"locations": "Location", "tariffs": "Tariff", "tokens": "Token", "sessions": "Session", "cdrs": "Cdr"}


def model(module: str):
    return get_module_model(CLASSES[module], module, "v_2_2_1")


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def connector() -> dict:
    return {
        "id": "1",
        "standard": "IEC_62196_T2_COMBO",
        "format": "CABLE",
        "power_type": "DC",
        "max_voltage": 920,
        "max_amperage": 400,
        "max_electric_power": 300000,
        "tariff_ids": ["PY-T1"],
        "last_updated": now(),
    }


def place() -> dict:
    return {
        "address": "Kanaalweg 12",
        "city": "Utrecht",
        "postal_code": "3526KM",
        "country": "NLD",
        "coordinates": {"latitude": "52.081290", "longitude": "5.108750"},
    }


def cdr_token() -> dict:
    owner = {"country_code": settings.COUNTRY_CODE, "party_id": settings.PARTY_ID}
    return owner | {"uid": "PY0001", "type": "RFID", "contract_id": "NL-PYE-C00000001"}


def period() -> dict:
    dimensions = [{"type": "ENERGY", "volume": 8.25}, {"type": "TIME", "volume": 0.5}]
    return {"start_date_time": "2026-03-01T10:00:00Z", "dimensions": dimensions, "tariff_id": "PY-T1"}


def samples() -> dict[str, dict]:
    evse = {"uid": "PY-E1", "evse_id": "NL*PYC*E1", "status": "AVAILABLE", "connectors": [connector()]}
    evse |= {"capabilities": ["RFID_READER", "REMOTE_START_STOP_CAPABLE"], "last_updated": now()}
    prices = [{"type": "ENERGY", "price": 0.59, "vat": 21, "step_size": 1}]
    charge = {"cdr_token": cdr_token(), "auth_method": "WHITELIST", "currency": "EUR", "charging_periods": [period()]}
    price = {"excl_vat": 4.87, "incl_vat": 5.89}
    return {
        "locations": {"id": "PY-L1", "publish": True, "time_zone": "Europe/Amsterdam", "evses": [evse]} | place(),
        "tariffs": {"id": "PY-T1", "currency": "EUR", "elements": [{"price_components": prices}]},
        "tokens": cdr_token() | {"issuer": "py_ocpi", "valid": True, "whitelist": "ALLOWED"},
        "sessions": charge
        | {"id": "PY-S1", "start_date_time": "2026-03-01T10:00:00Z", "kwh": 8.25, "total_cost": price}
        | {"location_id": "PY-L1", "evse_uid": "PY-E1", "connector_id": "1", "status": "ACTIVE"},
        "cdrs": charge
        | {"id": "PY-C1", "start_date_time": "2026-03-01T10:00:00Z", "end_date_time": "2026-03-01T10:30:00Z"}
        | {"session_id": "PY-S1", "total_cost": price, "total_energy": 8.25, "total_time": 0.5}
        | {
            "cdr_location": place()
            | {"id": "PY-L1", "evse_uid": "PY-E1", "evse_id": "NL*PYC*E1", "connector_id": "1"}
            | {"connector_standard": "IEC_62196_T2_COMBO", "connector_format": "CABLE", "connector_power_type": "DC"},
        },
    }


def own(module: str, change: dict | None) -> dict:
    """The sample of a module with the fields of `change` put in, as py_ocpi's type writes it."""
    owner = {"country_code": settings.COUNTRY_CODE, "party_id": settings.PARTY_ID, "last_updated": now()}
    return model(module)(**(samples()[module] | owner | (change or {}))).dict()
