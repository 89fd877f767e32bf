"""What a run leaves behind for people: the answer of the flow, and the state that it keeps."""

from collections.abc import Mapping
from typing import Any, TextIO

from xchange_cli.engine.events import Response, State
from xchange_cli.formats.folding import cut
from xchange_cli.formats.style import Style
from xchange_cli.formats.values import compact, jsonable, pretty, shown
from xchange_cli.formats.words import WIDTH, count
from xchange_cli.redaction import Redactor

MAX_LINES = 40
LONGEST_LINE = 1_000
ONE_RUN = "executionState"
"""The kind of state that ends with its run."""

_INDENT = "  "


def write_answer(response: Response, redactor: Redactor, out: TextIO, style: Style) -> None:
    """Write status, headers and body. Lines are not broken, so that they can be copied; very many are cut."""
    head = f"answer {response.status_code} {cut(redactor.text(response.content_type), 50)}"
    out.write(f"\n{style.paint('bold', head)}\n")
    out.writelines(
        f"{cut(f'{_INDENT}{name}: {value}', WIDTH)}\n"
        for name, value in shown(response.headers, redactor).items()
    )
    if response.headers:
        out.write("\n")
    _write_body(response.body, redactor, out)


def write_result(result: Any, redactor: Redactor, out: TextIO, style: Style) -> None:
    """Write the result of the step that a run was asked to end after."""
    out.write(f"\n{style.paint('bold', 'result')}\n")
    _write_body(result, redactor, out)


def _write_body(value: Any, redactor: Redactor, out: TextIO) -> None:
    body = shown(value, redactor)
    lines = body.splitlines() if isinstance(body, str) else pretty(body).split("\n")
    out.writelines(f"{_INDENT}{cut(line, LONGEST_LINE)}\n" for line in lines[:MAX_LINES])
    if len(lines) > MAX_LINES:
        more = count(len(lines) - MAX_LINES, "more line")
        out.write(f"{_INDENT}… {more}; --output json shows all\n")


def write_state(before: State, after: State, redactor: Redactor, out: TextIO, style: Style) -> None:
    """Write what a run changes for later runs, one line a kind of state."""
    changed = changed_state(before, after, redactor)
    if changed:
        out.write(f"\n{style.paint('bold', 'state')}\n")
    out.writelines(
        f"{cut(f'{_INDENT}{name} = {compact(value)}', WIDTH)}\n" for name, value in changed.items()
    )


def changed_state(before: State, after: State, redactor: Redactor) -> dict[str, Any]:
    """Give what has changed and outlives the run, by kind of state, without secrets; null is for keys that went."""
    changes = {kind: _changes(before.get(kind, {}), after.get(kind, {})) for kind in after if kind != ONE_RUN}
    return {kind: shown(values, redactor) for kind, values in changes.items() if values}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    changed = {key: value for key, value in after.items() if key not in before or _differ(before[key], value)}
    return changed | {key: None for key in before if key not in after}


def _differ(one: Any, other: Any) -> bool:
    """Compare what is shown of values: they themselves may be nested too deeply."""
    return one is not other and jsonable(one) != jsonable(other)
