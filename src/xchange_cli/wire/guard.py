"""The write guard: what would change a remote system is not sent unless the user allows it."""

import json
import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import NamedTuple

from xchange_cli.wire.http import WireError

EVERYTHING = "*"

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Sender(NamedTuple):
    """Who wants to send: a step's key and name, and the config variables of the connections it uses."""

    step: str = ""
    step_name: str = ""
    connections: tuple[str, ...] = ()


class WriteGuard:
    """`allowed` are patterns (`*`, `?`, `[…]`) of hosts, steps and connections; case does not count for hosts.

    Of a step both its key and its name count. An empty pattern allows nothing.
    """

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        self._allowed = tuple(filter(None, allowed))

    def require(self, sender: Sender, host: str, what: Callable[[], str]) -> None:
        """Let a write pass to a loopback host or where a pattern allows it; `what` describes it.

        `host` is empty where it is not known, as of components that do not say where they send to.

        Raises:
            WireError: `write-blocked`, final, with what would have been sent and how to allow it.

        """
        if is_loopback(host) or self._is_allowed(sender, host):
            return
        name = _bare(host) or sender.step or EVERYTHING
        quoted = name if _PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)
        raise WireError(
            "write-blocked",
            f"{what()} was not sent, since it would change a remote system; to allow it, add "
            f"--allow-writes={quoted}, or `run: {{allowWrites: [{quoted}]}}` to the config set",
            is_final=True,
        )

    def _is_allowed(self, sender: Sender, host: str) -> bool:
        bare = _bare(host)
        names = (sender.step, sender.step_name, *sender.connections)
        return any(
            _bare(pattern) == bare
            or fnmatchcase(bare, pattern.lower())
            or any(fnmatchcase(name, pattern) for name in names)
            for pattern in self._allowed
        )


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by its name or address; other names are not looked up."""
    from ipaddress import IPv6Address, ip_address

    bare = _bare(host)
    if bare == "localhost" or bare.endswith(".localhost"):
        return True
    try:
        address = ip_address(bare)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _bare(host: str) -> str:
    """Give a host without case, the brackets of an address, and the dot that may end a name."""
    return host.strip("[]").rstrip(".").lower()
