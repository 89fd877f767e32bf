"""A project with published versions, made without the command that publishes: always at the same times."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from xchange_cli.registry.draft import Draft, Judged
from xchange_cli.registry.git_facts import GitFacts
from xchange_cli.registry.manifest import Checked
from xchange_cli.registry.package import Package, PackageFile
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.signatures import Signature
from xchange_cli.registry.verdict import Verdict
from xchange_cli.storage.open import open_store

KEY = "orders"
FILE = f"integrations/{KEY}/integration.yml"
TEXT = """\
definitionVersion: 7
name: Orders
description: ''
labels: [Shop]
flows:
  - name: F
    steps:
      - name: T
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Log
        action: {key: writeLog, component: {key: log, isPublic: true, version: 9}}
"""
ADA = "Ada Lovelace <ada@acme.test>"
GIT = {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Bob"} | {
    "GIT_CONFIG_KEY_1": "user.email",
    "GIT_CONFIG_VALUE_1": "bob@acme.test",
}
"""Who marks, labels and offers in these tests."""


class Clock:
    """Noon of the 1st of May 2026, and a day later whenever it is asked."""

    def __init__(self) -> None:
        self._now = datetime(2026, 4, 30, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(days=1)
        return self._now


def opened(root: Path) -> Registry:
    return Registry(open_store("registry/", root), Clock())


def publish(
    registry: Registry,
    text: str | bytes = TEXT,
    *,
    note: str = "Takes orders",
    key: str = KEY,
    docs: Mapping[str, str] | None = None,
    external_version: str = "",
    git: GitFacts | None = None,
    sign: Callable[[bytes], Signature] | None = None,
    labels: tuple[str, ...] = ("Shop",),
    verdict: Verdict | None = None,
) -> str:
    """Publish a version and give its name, such as `orders@1`."""
    draft = Draft(
        key=key,
        name="Orders",
        description="",
        category="",
        labels=labels,
        note=note,
        author=ADA,
        validation=Checked(60, 0, 0),
        xchange="0.1.0",
        external_version=external_version,
        git=git,
        sign=sign,
    )
    if verdict is not None:
        draft = draft._replace(judge=lambda _: Judged(verdict, external_version))
    data = text.encode() if isinstance(text, str) else text
    files = [PackageFile(name, content.encode()) for name, content in (docs or {}).items()]
    return registry.publish(draft, Package([PackageFile("integration.yml", data), *files])).manifest.reference
