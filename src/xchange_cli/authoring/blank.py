"""Integrations to begin with: one flow with two or three steps, a config set, a test, and a payload to send."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).with_name("templates") / "blank"

STARTS: Mapping[str, str] = MappingProxyType(
    {
        "webhook": "a request comes in",
        "schedule": "it is time",
        "deployment": "an instance is deployed",
        "removal": "an instance is removed",
        "flow": "another flow calls it",
    }
)
"""What may start the flow, and when that is."""

RUN_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "webhook": "--payload example",
        "schedule": "--trigger schedule",
        "deployment": "--deploy",
        "removal": "--remove",
        "flow": "--payload example",
    }
)
"""How `xchange run` starts each."""

CONFIG_SET = "dev"


def blank_files(trigger: str) -> Mapping[str, bytes]:
    """Give the files by their paths in the folder of the integration, with `/`; `integration.yml` is among them."""
    folder = _FOLDER / trigger
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
