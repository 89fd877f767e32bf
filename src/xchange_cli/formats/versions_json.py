"""The version history, for programs: `xchange.versions/1`."""

from typing import Any, TextIO

from xchange_cli.formats.json_text import write_json
from xchange_cli.registry.manifest import data_of
from xchange_cli.release.versions.version_history import PublishedVersion, VersionHistory


def render(history: VersionHistory, out: TextIO) -> None:
    draft = history.draft
    write_json(
        {
            "schema": "xchange.versions/1",
            "key": history.key,
            "newest": history.newest,
            "draft": None if draft is None else {"file": draft.file, "trouble": draft.trouble or None},
            "versions": [_version(one) for one in history.versions],
        },
        out,
    )


def _version(one: PublishedVersion) -> dict[str, Any]:
    """Give what the manifest says, without what is the same for all, and what may have changed since."""
    manifest = data_of(one.manifest)
    kept = {name: value for name, value in manifest.items() if name not in {"schema", "key", "files"}}
    return {
        **kept,
        "signer": one.signed.signer or None,
        "trust": one.signed.trust.value,
        "labels": list(one.labels),
        "available": one.state.available,
        "because": one.state.because or None,
        "template": one.state.template,
    }
