"""The write guard: what would change a remote system is not sent unless the user allows it."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from ipaddress import ip_address
from typing import NamedTuple

from xchange_cli.wire.http import WireError

EVERYTHING = "*"


class Sender(NamedTuple):
    """Who wants to send: a step's key and name, and the config variables of the connections it uses."""

    step: str = ""
    step_name: str = ""
    connections: tuple[str, ...] = ()


class WriteGuard:
    """`allowed` are patterns (`*`, `?`, `[…]`) of hosts, steps and connections; case does not count for hosts."""

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        self._allowed = allowed

    def require(self, sender: Sender, host: str, what: Callable[[], str]) -> None:
        """Let a write pass to a loopback host or where a pattern allows it; `what` describes it.

        `host` is empty where it is not known, as of components that do not say where they send to.

        Raises:
            WireError: `write-blocked`, final, with what would have been sent and how to allow it.

        """
        if is_loopback(host) or self._is_allowed(sender, host):
            return
        name = host or sender.step
        raise WireError(
            "write-blocked",
            f"{what()} would change a remote system, so it was not sent; --allow-writes={name} allows it "
            f"(or `run: {{allowWrites: [{name}]}}` in the config set)",
            is_final=True,
        )

    def _is_allowed(self, sender: Sender, host: str) -> bool:
        names = (sender.step, sender.step_name, *sender.connections)
        return any(
            fnmatchcase(host.lower(), pattern.lower()) or any(fnmatchcase(name, pattern) for name in names)
            for pattern in self._allowed
        )


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by its name or address; other names are not looked up."""
    bare = host.strip("[]").rstrip(".").lower()
    if bare == "localhost" or bare.endswith(".localhost"):
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False
