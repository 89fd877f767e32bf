"""Who does something to versions, as the activity log names it."""

import getpass
import os
from collections.abc import Mapping
from pathlib import Path

from xchange_cli.errors import XchangeError
from xchange_cli.release.git.command import look

_CI_USERS = (
    "GITHUB_ACTOR",
    "GITLAB_USER_LOGIN",
    "BITBUCKET_STEP_TRIGGERER_UUID",
    "BUILD_REQUESTEDFOR",
    "BUILD_USER",
)
UNKNOWN = "unknown"


def actor(folder: Path | None = None, environment: Mapping[str, str] | None = None) -> str:
    """Give the user that git names in a folder, by default the working folder, else that of the CI job, else the login.

    `Ann Example <ann@example.com>` where git knows name and address.
    """
    variables = os.environ if environment is None else environment
    found = _git_user(folder or Path()) or _ci_user(variables) or _login()
    return " ".join("".join(one if one.isprintable() else " " for one in found).split()) or UNKNOWN


def _git_user(folder: Path) -> str:
    name, address = _setting(folder, "user.name"), _setting(folder, "user.email")
    if not name or not address:
        return name or address
    return f"{name} <{address}>"


def _setting(folder: Path, key: str) -> str:
    try:
        answer = look(folder, "config", "--get", key)
    except XchangeError:
        return ""
    return answer.text if answer.ok else ""


def _ci_user(environment: Mapping[str, str]) -> str:
    return next((environment[name] for name in _CI_USERS if environment.get(name, "").strip()), "")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container whose user has no name
        return ""
