"""One action, trigger or connection: its inputs and how it behaves."""

import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from xchange_cli.components.lookup import ActionPage
from xchange_cli.components.spec import ActionSpec, Basis, ConnectionSpec, Effect, InputSpec
from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import wrapped

_BASIS = {
    Basis.SOURCE: "read in the component's source",
    Basis.USAGE: "seen in exported integrations",
    Basis.SIBLING: "seen for another action of the component",
    Basis.DOCS: "documented; spelling derived from a label",
    Basis.INFERRED: "derived from a label only",
}
_EFFECTS = {
    Effect.PURE: "none: it only computes",
    Effect.READS: "reads from outside",
    Effect.WRITES: "changes something outside",
}
_COLLECTIONS = {"valuelist": "list of {}", "keyvaluelist": "{} by name"}
_HEADS = ("KEY", "TYPE", "REQUIRED", "DEFAULT", "BASIS")


def render(result: ActionPage, out: TextIO) -> None:
    style, part = Style.of(out), result.part
    if isinstance(part, ActionSpec):
        _write_action(result, part, out, style)
    else:
        _write_connection(result, part, out, style)


def _write_action(result: ActionPage, spec: ActionSpec, out: TextIO, style: Style) -> None:
    what = "trigger" if spec.is_trigger else "action"
    _write_head(f"{result.component.key} {spec.key}", f"{spec.title} ({what})", out, style)
    if spec.summary:
        out.write(wrapped(spec.summary) + "\n")
    facts = (
        ("Runs here", "yes" if result.is_local else "no; a run needs a mock for it (--mock)"),
        ("Effect", _EFFECTS[spec.effect]),
        ("How sure", f"{spec.basis.value}: {_BASIS[spec.basis]}"),
        ("Branches", ", ".join(spec.branches)),
    )
    _write_facts(facts, out)
    _write_inputs("Inputs", spec.inputs.values(), out, style)
    _write_output(spec, out, style)
    if spec.behaviour:
        out.write(f"\n{style.paint('bold', 'Behaviour')}\n")
        out.writelines(wrapped(text, "  - ") + "\n" for text in spec.behaviour)


def _write_connection(result: ActionPage, spec: ConnectionSpec, out: TextIO, style: Style) -> None:
    _write_head(f"{result.component.key} {spec.key}", f"{spec.label} (connection)", out, style)
    facts = (
        ("OAuth 2.0", spec.oauth2.replace("_", " ")),
        ("How sure", f"{spec.basis.value}: {_BASIS[spec.basis]}"),
    )
    _write_facts(facts, out)
    _write_inputs("Fields", spec.inputs.values(), out, style)


def _write_head(name: str, title: str, out: TextIO, style: Style) -> None:
    name = showable(name)
    text = wrapped(f"{name}: {title}", rest="    ")
    out.write(text.replace(name, style.paint("bold", name), 1) + "\n")


def _write_facts(facts: Iterable[tuple[str, str]], out: TextIO) -> None:
    out.writelines(wrapped(text, f"{name + ':':<11}") + "\n" for name, text in facts if text)


def _write_inputs(heading: str, inputs: Iterable[InputSpec], out: TextIO, style: Style) -> None:
    specs = list(_flat(inputs))
    out.write(f"\n{style.paint('bold', heading)}\n")
    if not specs:
        out.write("  none\n")
        return
    rows = [_row(name, spec) for name, spec in specs]
    sizes = [max(width(row[column]) for row in (_HEADS, *rows)) for column in range(len(_HEADS))]
    out.write(f"  {style.paint('bold', _line(_HEADS, sizes))}\n")
    for row, (_, spec) in zip(rows, specs, strict=True):
        out.write(f"  {_line(row, sizes)}\n")
        out.writelines(wrapped(text, "      ") + "\n" for text in _remarks(spec))


def _flat(inputs: Iterable[InputSpec], parent: str = "") -> Iterator[tuple[str, InputSpec]]:
    for spec in inputs:
        name = f"{parent}{spec.key}"
        yield name, spec
        yield from _flat(spec.inputs, f"{name}.")


def _row(name: str, spec: InputSpec) -> tuple[str, ...]:
    kind = _COLLECTIONS.get(spec.collection, "{}").format(spec.type)
    default = "" if spec.default in {None, ""} else json.dumps(spec.default, ensure_ascii=False).strip('"')
    if width(default) > 16:
        default = "(below)"
    row = (name, kind, "yes" if spec.required else "", default, spec.basis.value)
    return tuple(map(showable, row))


def _remarks(spec: InputSpec) -> Iterator[str]:
    """Yield what has no column: choices, a long default, secrecy, the note."""
    if spec.choices:
        yield f"one of: {', '.join(spec.choices)}"
    if spec.default not in {None, ""} and width(str(spec.default)) > 14:
        yield f"default: {spec.default}"
    if spec.secret:
        yield "secret"
    if spec.note:
        yield spec.note


def _line(texts: Iterable[str], sizes: Iterable[int]) -> str:
    return "  ".join(
        text + " " * (size - width(text)) for text, size in zip(texts, sizes, strict=True)
    ).rstrip()


def _write_output(spec: ActionSpec, out: TextIO, style: Style) -> None:
    if spec.output or spec.example is not None:
        out.write(f"\n{style.paint('bold', 'Output')}\n")
    if spec.output:
        out.write(wrapped(spec.output, "  ") + "\n")
    if spec.example is not None:
        text = json.dumps(spec.example, ensure_ascii=False, indent=2)
        out.write("  Example:\n")
        out.writelines(f"    {showable(line)}\n" for line in text.split("\n"))
