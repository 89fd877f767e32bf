"""A set file, and the sets it extends, as one config set. Values stay nodes: a placeholder keeps its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from xchange_cli.configset.findings import report
from xchange_cli.configset.private import literal_secrets, without_text
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.node import Node, Scalar
from xchange_cli.document.parse import Document, parse
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.redaction import Secret
from xchange_cli.source import Source

_NOT_IN_NAMES = "/\\\0"

Check = Callable[[Document], Iterable[Diagnostic]]
"""Checks the form of a set file. It is handed in because JSON Schema belongs to a higher floor: callers pass
`schema_findings` for the schema `config-set`, with unknown keys as errors."""


class Given(NamedTuple):
    """A value in a set file; `set_name` is the set that has it."""

    key: Scalar
    node: Node
    set_name: str


class GivenConnection(NamedTuple):
    """A connection of one or more sets of a chain; `key` and `set_name` are those of the nearest."""

    key: Scalar
    set_name: str
    fields: Mapping[str, Given]
    token: Mapping[str, Given]


class Layer(NamedTuple):
    """One file of a chain of sets."""

    set_name: str
    root: MappingNode


class ConfigSet(NamedTuple):
    """`source` is the set's own file; `diagnostics` are about it and all it extends.

    `literals` is what any of these files holds under `connections`, as it is written there. `allow_writes` are the
    patterns of all of them, the nearest first. `layers` are the files themselves, the nearest first.
    """

    name: str
    source: Source
    values: Mapping[str, Given]
    connections: Mapping[str, GivenConnection]
    diagnostics: tuple[Diagnostic, ...] = ()
    literals: tuple[Secret, ...] = ()
    allow_writes: tuple[str, ...] = ()
    layers: tuple[Layer, ...] = ()


def read_config_set(
    source: Source, name: str, *, sibling: Callable[[str], Source], check: Check
) -> ConfigSet:
    """Read a set and what it extends: the nearest set wins, connections are put together field by field.

    `sibling` gives the file of another set of the same folder, or raises XchangeError. Parts of the wrong kind
    are absent: `check`, which sees every file of the chain, has reported them.
    """
    layers: list[Layer] = []
    roots: list[Node] = []
    diagnostics: list[Diagnostic] = []
    names = [name]
    following: Source | None = source
    while following is not None:
        document = parse(following)
        diagnostics += [*map(without_text, document.diagnostics), *check(document)]
        roots += [] if document.root is None else [document.root]
        following = None
        if isinstance(document.root, MappingNode):
            layers.append(Layer(names[-1], document.root))
            following = _base(document.root, names, sibling, diagnostics)
    return ConfigSet(
        name,
        source,
        _given(layers, "values"),
        _connections(layers),
        tuple(diagnostics),
        tuple(literal_secrets(roots)),
        tuple(dict.fromkeys(_allowed_writes(layers))),
        tuple(layers),
    )


def _base(
    root: MappingNode,
    names: list[str],
    sibling: Callable[[str], Source],
    diagnostics: list[Diagnostic],
) -> Source | None:
    """Find the file that a set extends, and add its name to `names`."""
    extends = root.text("extends")
    if extends is None or not extends.value:
        return None
    base = extends.value
    if base == ".." or any(mark in base for mark in _NOT_IN_NAMES):
        hint = "`extends` names a set of the same folder, without `.yml`."
        message = "this is a path, not the name of a config set"
        diagnostics.append(report("bad-extends", message, extends.span, hint=hint, subject=base))
        return None
    if base in names:
        circle = " → ".join([*names[names.index(base) :], base])
        diagnostics.append(
            report("bad-extends", f"`{base}` extends itself: {circle}", extends.span, subject=base)
        )
        return None
    try:
        found = sibling(base)
    except XchangeError as error:
        diagnostics.append(_unusable(extends, error))
        return None
    names.append(base)
    return found


def _unusable(extends: Scalar, error: XchangeError) -> Diagnostic:
    base = extends.value
    missing = error.code is ErrorCode.NOT_FOUND
    return report(
        "bad-extends",
        f"there is no config set `{base}`" if missing else error.message,
        extends.span,
        hint=f"`extends` names a set of the same folder: `{base}.yml` would be the file."
        if missing
        else error.hint,
        subject=base,
    )


def _given(layers: Sequence[tuple[str, MappingNode]], part: str) -> dict[str, Given]:
    """Collect the entries of one part of each layer; layers come nearest first."""
    found: dict[str, Given] = {}
    for name, layer in layers:
        node = layer.mapping(part)
        for key, entry in node.entries.items() if node else ():
            found.setdefault(key, Given(entry.key, entry.value, name))
    return found


def _allowed_writes(layers: list[Layer]) -> Iterator[str]:
    for _, layer in layers:
        run = layer.mapping("run")
        listed = run.sequence("allowWrites") if run else None
        for item in listed.items if listed else ():
            if isinstance(item, Scalar) and isinstance(item.data, str):
                yield item.value


def _connections(layers: list[Layer]) -> dict[str, GivenConnection]:
    parts: dict[str, list[tuple[str, MappingNode]]] = {}
    keys: dict[str, tuple[Scalar, str]] = {}
    for name, layer in layers:
        node = layer.mapping("connections")
        for key, entry in node.entries.items() if node else ():
            if isinstance(entry.value, MappingNode):
                keys.setdefault(key, (entry.key, name))
                parts.setdefault(key, []).append((name, entry.value))
    return {
        key: GivenConnection(*keys[key], _given(found, "fields"), _given(found, "token"))
        for key, found in parts.items()
    }
