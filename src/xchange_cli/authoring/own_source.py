"""Where this program was installed from, so that another machine can install the same."""

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

_NAME = "xchange-cli"
_USER = re.compile(r"//[^/@]*@")


def requirement() -> str:
    """Give what pip installs to get this program; empty where that is a folder of this machine, or not known."""
    try:
        installed = distribution(_NAME)
    except PackageNotFoundError:
        return ""
    origin = installed.read_text("direct_url.json")
    return f"{_NAME}=={installed.version}" if origin is None else requirement_of(json.loads(origin))


def requirement_of(origin: dict[str, Any]) -> str:
    """Give it for what pip has noted of an installation from an address (PEP 610), without who had access."""
    url = _USER.sub("//", str(origin.get("url", "")))
    if not url.startswith(("https://", "http://", "ssh://")):
        return ""
    version_control = origin.get("vcs_info")
    if not version_control:
        return f"{_NAME} @ {url}"
    return f"{_NAME} @ {version_control['vcs']}+{url}@{version_control['commit_id']}"
