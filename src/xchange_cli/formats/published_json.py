"""What publishing did, for programs: `xchange.published/1`, with the manifest of each version."""

from typing import Any, TextIO

from xchange_cli.formats.diff_json import change_data
from xchange_cli.formats.error_data import data_of as error_data
from xchange_cli.formats.error_data import refusal_data
from xchange_cli.formats.json_text import write_json
from xchange_cli.registry.manifest import data_of
from xchange_cli.release.publishing.outcome import Outcome, PublishResult


def render(result: PublishResult, out: TextIO) -> None:
    write_json(
        {
            "schema": "xchange.published/1",
            "isDryRun": result.is_dry_run,
            "integrations": [_integration(one) for one in result.outcomes],
            "commit": result.commit,
            "pushedTo": result.pushed_to,
            "warnings": list(result.said),
            "error": None if result.trouble is None else error_data(result.trouble),
        },
        out,
    )


def _integration(one: Outcome) -> dict[str, Any]:
    return {
        "key": one.key,
        "status": one.fate.value,
        "version": None if one.manifest is None else one.manifest.number,
        "digest": None if one.manifest is None else one.manifest.digest,
        "manifest": None if one.manifest is None else data_of(one.manifest),
        "warnings": list(one.said),
        "error": _error(one),
    }


def _error(one: Outcome) -> dict[str, Any] | None:
    """Give what stopped it, with the changes that did."""
    if one.error is None:
        return None
    changes = {"changes": [change_data(change) for change in one.refused]} if one.refused else {}
    return {**refusal_data(one.error, one.findings), **changes}
