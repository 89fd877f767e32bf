"""Values of a config set that change nothing: of variables that nobody uses, and those that the base gives alike."""

from collections.abc import Collection, Iterator

from xchange_cli.configset.findings import report
from xchange_cli.configset.read import ConfigSet, Layer
from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.document.node import Entry, Mapping, Node, Scalar, Sequence

Path = tuple[str, ...]


def unused_values(
    config_set: ConfigSet, variables: Collection[str], used: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield the values of `variables`, the keys of the integration, that are not among the `used` ones."""
    keys = [*(given.key for given in config_set.values.values())]
    keys += [given.key for given in config_set.connections.values()]
    for key in keys:
        if key.value in variables and key.value not in used:
            yield report(
                "unused-config-value",
                f"nothing uses the config variable `{key.value}`",
                key.span,
                hint="Remove the value, or use the variable in a flow.",
                subject=key.value,
            )


def shadowed_values(config_set: ConfigSet) -> Iterator[Diagnostic]:
    """Yield what a set gives just as the nearest of its bases that has it does."""
    if not config_set.layers:
        return
    own, *bases = map(_Entries, config_set.layers)
    for path, entry in own.found.items():
        base = next((base for base in bases if path in base.found), None)
        if base is not None and _is_same(entry.value, base.found[path].value):
            yield _shadowed(path[-1], entry, base.set_name, base.found[path])


class _Entries:
    """The values of a layer, and the fields and tokens of its connections, by where they stand."""

    def __init__(self, layer: Layer) -> None:
        self.set_name = layer.set_name
        self.found: dict[Path, Entry] = dict(_entries(layer.root.get("values"), ("values",)))
        for path, connection in _entries(layer.root.get("connections"), ("connections",)):
            for part in ("fields", "token"):
                node = connection.value.get(part) if isinstance(connection.value, Mapping) else None
                self.found.update(_entries(node, (*path, part)))


def _entries(node: Node | None, path: Path) -> Iterator[tuple[Path, Entry]]:
    for key, entry in node.entries.items() if isinstance(node, Mapping) else ():
        yield (*path, key), entry


def _is_same(one: Node, other: Node) -> bool:
    """Compare what is written: for a text, `1.10` is not `1.1`."""
    match one, other:
        case Scalar(), Scalar():
            return one.value == other.value and type(one.data) is type(other.data)
        case Sequence(), Sequence():
            return len(one.items) == len(other.items) and all(map(_is_same, one.items, other.items))
        case Mapping(), Mapping():
            return one.entries.keys() == other.entries.keys() and all(
                _is_same(entry.value, other.entries[key].value) for key, entry in one.entries.items()
            )
    return False


def _shadowed(name: str, entry: Entry, base: str, first: Entry) -> Diagnostic:
    return report(
        "shadowed-config-value",
        f"`{name}` has the same value in the set `{base}`, which this one extends",
        entry.key.span,
        hint="Remove it here: the value of the base holds.",
        subject=name,
        severity=Severity.INFO,
        related=(Related(first.key.span, "given here"),),
    )
