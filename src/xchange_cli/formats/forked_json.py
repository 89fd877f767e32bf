"""What was made for a fork, for programs: the contract `xchange.forked/1`."""

from typing import Any, TextIO

from xchange_cli.formats.finding_data import range_of
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.validation_counts import counts_data
from xchange_cli.release.forking.forking import Forked
from xchange_cli.release.forking.names import SharedName
from xchange_cli.release.forking.parent import Parent


def render(made: Forked, out: TextIO) -> None:
    write_json(_data(made), out)


def _data(made: Forked) -> dict[str, Any]:
    return {
        "schema": "xchange.forked/1",
        "key": made.key,
        "name": made.name,
        "file": made.files[0],
        "files": list(made.files),
        "leftOut": [{"file": one.name, "reason": one.reason} for one in made.parent.left_out],
        "parent": _parent(made.parent),
        "names": [_name(one) for one in made.names],
        "validation": counts_data(made.result),
    }


def _parent(parent: Parent) -> dict[str, Any]:
    base, state = parent.base, parent.state
    return {
        "key": base.key,
        "version": base.version,
        "commit": base.commit or None,
        "digest": base.digest,
        "isAvailable": None if state is None else state.available,
    }


def _name(one: SharedName) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "name": one.name,
        "suggestion": one.suggestion or None,
        "file": one.span.source.name,
        **range_of(one.span),
        "flow": one.flow or None,
        "step": one.step or None,
        "configVar": one.variable or None,
    }
