"""One action, trigger or connection of a component, in Markdown."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docs.markdown import code, prose, table
from xchange_cli.components.spec import ActionResult, ActionSpec, ConnectionSpec, Example, InputSpec

_HEADS = ("Input", "Type", "Required", "Default", "How sure", "Remarks")
_TYPES = {"valuelist": "list of {}", "keyvaluelist": "{} by name"}
_WIDEST_DEFAULT = 60


def action_part(spec: ActionSpec, examples: Sequence[Example], *, runs_here: bool) -> str:
    facts = [
        f"**Runs here:** {'yes' if runs_here else 'no'}",
        f"**Effect:** {spec.effect.value}",
        f"**How sure:** {spec.basis.value}",
    ]
    if spec.branches:
        facts.append(f"**Branches:** {', '.join(map(code, spec.branches))}")
    return _joined(
        f"### `{spec.key}`",
        f"{_sentence(spec.title)} {prose(spec.summary)}".strip(),
        " · ".join(facts),
        _inputs(spec.inputs.values()),
        "\n".join(f"- {prose(line)}" for line in spec.behaviour),
        _output(spec),
        _examples(examples),
    )


def connection_part(spec: ConnectionSpec) -> str:
    facts = [f"**How sure:** {spec.basis.value}"]
    if spec.oauth2:
        facts.append(f"**OAuth 2.0:** {spec.oauth2.replace('_', ' ')}")
    heading, inputs = f"### `{spec.key}` (connection)", _inputs(spec.inputs.values())
    return _joined(heading, _sentence(spec.label), " · ".join(facts), inputs)


def _inputs(specs: Iterable[InputSpec]) -> str:
    return table(_HEADS, (_row(name, spec) for name, spec in _flat(specs)))


def _flat(specs: Iterable[InputSpec], parent: str = "") -> Iterator[tuple[str, InputSpec]]:
    for spec in specs:
        name = f"{parent}{spec.key}"
        yield name, spec
        yield from _flat(spec.inputs, f"{name}.")


def _row(name: str, spec: InputSpec) -> tuple[str, ...]:
    default = _default(spec.default)
    is_long = len(default) > _WIDEST_DEFAULT
    kind = _TYPES.get(spec.collection, "{}").format(spec.type)
    remarks = [
        f"one of {', '.join(map(code, spec.choices))}." if spec.choices else "",
        f"default {code(default)}." if is_long else "",
        "secret." if spec.secret else "",
        prose(spec.note),
    ]
    return (
        code(name),
        kind,
        "yes" if spec.required else "",
        "(long)" if is_long else code(default) if default else "",
        spec.basis.value,
        " ".join(filter(None, remarks)),
    )


def _default(value: Any) -> str:
    """Text stands as it is, since almost every default is text."""
    return value if isinstance(value, str) else "" if value is None else _json(value)


def _output(spec: ActionSpec) -> str:
    parts = [prose(spec.output)] if spec.output else []
    if spec.example is not None:
        parts.append(f"Example: {code(_json(spec.example))}")
    return f"**Output:** {' '.join(parts)}" if parts else ""


def _examples(examples: Sequence[Example]) -> str:
    lines = [f"- {code(_json(dict(example.inputs)))} {_outcome(example)}" for example in examples]
    return "\n".join(["**Examples** (performed by the tests):\n", *lines]) if lines else ""


def _outcome(example: Example) -> str:
    if example.error:
        return f"fails: {prose(example.error)}"
    result = example.result if isinstance(example.result, ActionResult) else ActionResult(example.result)
    given = {
        key: value for key, value in result._asdict().items() if value != ActionResult._field_defaults[key]
    }
    data = given.pop("data", None)
    parts = [f"{key.replace('_', ' ')} {code(_json(value))}" for key, value in given.items()]
    if data is not None or not parts:
        parts.insert(0, code(_json(data)))
    return f"gives {', '.join(parts)}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=list)


def _sentence(title: str) -> str:
    return f"{prose(title)}." if title else ""


def _joined(*parts: str) -> str:
    return "\n\n".join(part.strip("\n") for part in parts if part)
