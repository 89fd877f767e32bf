"""Git repositories with a project in them, and a bare one as their origin."""

import json
import os
import stat
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

TEXT = """\
definitionVersion: 7
name: Orders
description: Takes orders.
labels: [Shop]
flows:
  - name: F
    steps:
      - name: T
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
ORDERS = "integrations/orders/integration.yml"
ADA = ("-c", "user.name=Ada", "-c", "user.email=ada@acme.test", "-c", "commit.gpgsign=false")
SETTINGS = (("user.name", "Ada"), ("user.email", "ada@acme.test"), ("commit.gpgsign", "false"))
CONFIG = Path(__file__).with_name("gitconfig")
"""What git is told in place of the settings of this machine."""
ABOUT_JOBS = (
    "GITHUB_",
    "CI_",
    "GITLAB_",
    "BITBUCKET_",
    "BUILD_",
    "SYSTEM_",
    "TF_",
    "JENKINS_",
    "CHANGE_",
    "GIT_",
)


def alone(monkeypatch):
    """Let neither the settings of this machine nor the CI job that runs the tests be seen."""
    for name in [one for one in os.environ if one.startswith(ABOUT_JOBS)]:
        monkeypatch.delenv(name)
    for name in ("WORKSPACE", "BRANCH_NAME", "TAG_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(CONFIG))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def git(folder: Path, *arguments: str) -> str:
    ended = subprocess.run(
        ["git", *ADA, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.rstrip("\n")


def commit(folder: Path, message: str = "change") -> str:
    """Commit everything and give the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def change(folder: Path, text: str, name: str = ORDERS) -> None:
    """Put a comment at the end of a file."""
    path = folder / name
    write(folder, name, f"{path.read_text(encoding='utf-8')}# {text}\n")


def repository(folder: Path, origin: Path | None = None) -> Path:
    """Make a repository on `main` with one integration, pushed to a bare one where that is wanted."""
    for place, name in ((folder, "here"), (origin, "origin")):
        for path, data in _begun(is_pushed=origin is not None)[name].items() if place else ():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(data)
    if origin is not None:
        git(folder, "remote", "set-url", "origin", str(origin))
    git(folder, "update-index", "--refresh")
    return folder


@cache
def _begun(*, is_pushed: bool) -> Mapping[str, Mapping[Path, bytes]]:
    """Give the files of such a repository and its origin: to write them takes less time than to ask git for them."""
    with tempfile.TemporaryDirectory() as temporary:
        here, origin = Path(temporary, "here"), Path(temporary, "origin")
        _begin(here, origin if is_pushed else None)
        return {
            root.name: {
                path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()
            }
            for root in (here, origin)
        }


def _begin(folder: Path, origin: Path | None) -> None:
    write(folder, ORDERS, TEXT)
    write(folder, "xchange.yaml", "limits: warn\n")
    git(folder, "init", "--quiet", "--template=", "--initial-branch", "main")
    identify(folder)
    commit(folder, "Begin")
    if origin is not None:
        git(folder, "init", "--quiet", "--template=", "--bare", "--initial-branch", "main", str(origin))
        git(folder, "remote", "add", "origin", str(origin))
        git(folder, "push", "--quiet", "--set-upstream", "origin", "main")


def clone(origin: Path, folder: Path) -> Path:
    git(origin, "clone", "--quiet", str(origin), str(folder))
    identify(folder)
    return folder


def identify(folder: Path) -> None:
    for name, value in SETTINGS:
        git(folder, "config", name, value)


def published(folder: Path, key: str = "orders") -> list[str]:
    """Name the manifests of a key in a registry's folder."""
    return sorted(path.name for path in (folder / "registry/integrations" / key / "versions").glob("*"))


def manifest(folder: Path, number: int, key: str = "orders") -> dict:
    """Give the manifest of a version in a registry's folder."""
    return json.loads((folder / f"registry/integrations/{key}/versions/{number:06}.json").read_bytes())


def pushed(origin: Path) -> list[str]:
    """Name the manifests of the branch `main`."""
    found = git(origin, "ls-tree", "-r", "--name-only", "main").splitlines()
    return [name.rpartition("/")[2] for name in found if "/versions/" in name]


def hook(folder: Path, name: str, script: str) -> None:
    path = write(folder, f".git/hooks/{name}", f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


@pytest.fixture
def origin(tmp_path):
    return tmp_path / "origin.git"


@pytest.fixture
def here(tmp_path, origin):
    """A clone of `origin` with one integration."""
    return repository(tmp_path / "here", origin)


@pytest.fixture
def publish(here, xchange):
    """Publish that integration."""

    def run(*arguments, cwd=here, **more):
        return xchange("publish", "orders", "--note", "x", *arguments, cwd=cwd, **more)

    return run
