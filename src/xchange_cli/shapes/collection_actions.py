"""What the actions of collection-tools give, from what they are given.

A list passes through with its items; what a function of the author makes of them is unknown.
"""

from collections.abc import Callable, Mapping

from xchange_cli.shapes.examples import CATALOGUE
from xchange_cli.shapes.given import PAIRS, Given, named, shape_of
from xchange_cli.shapes.shape import (
    UNKNOWN,
    Kind,
    ListOf,
    ObjectOf,
    Origin,
    Shape,
    Simple,
    alternatives,
    any_of,
)

CREATED = Origin("the object that the step creates", is_sure=True)

Maker = Callable[[Given], Shape]


def item_of(shape: Shape) -> Shape:
    """Give what the items of a list look like; UNKNOWN unless it is surely a list."""
    shapes = alternatives(shape)
    if not shapes or not all(isinstance(one, ListOf) for one in shapes):
        return UNKNOWN
    return any_of(one.item for one in shapes if isinstance(one, ListOf))


def created_object(key: str) -> Maker:
    """Make an object of a key-value list; a name with a dot may stand for a path."""

    def make(given: Given) -> Shape:
        entries = named(given.items(key) or ())
        if entries is None or not entries:
            return ObjectOf({}, CREATED, is_open=True)
        fields = {name: shape_of(value, given.resolve) for name, value in entries.items()}
        return ObjectOf(fields, CREATED, is_open=any("." in name for name in fields))

    return make


def _created_list(given: Given) -> Shape:
    """A single entry that is a list may stand for the whole list: the platform does not say."""
    items = [shape_of(item.value, given.resolve) for item in given.items("items") or ()]
    is_doubtful = len(items) == 1 and not isinstance(items[0], ObjectOf | Simple)
    return ListOf(UNKNOWN if is_doubtful or not items else any_of(items), CATALOGUE)


def _same_list(given: Given) -> Shape:
    return ListOf(item_of(given.shape("listInput")), CATALOGUE)


def _longer_list(given: Given) -> Shape:
    return ListOf(any_of((item_of(given.shape("listInput")), given.shape("elementInput"))), CATALOGUE)


def _both_lists(given: Given) -> Shape:
    lists = (given.shape("listInput"), given.shape("secondListInput"))
    return ListOf(any_of(item_of(one) for one in lists), CATALOGUE)


def _chunks(given: Given) -> Shape:
    return ListOf(_same_list(given), CATALOGUE)


def _any_list(_given: Given) -> Shape:
    return ListOf(UNKNOWN, CATALOGUE)


def _item(given: Given) -> Shape:
    return item_of(given.shape("listInput"))


def _item_at(given: Given) -> Shape:
    """`1.0` is the first item of the second, a list."""
    index = given.text("index")
    return _item(given) if index is not None and index.strip().isdigit() else UNKNOWN


def _number(_given: Given) -> Shape:
    return Simple(Kind.NUMBER, CATALOGUE)


def _pairs(_given: Given) -> Shape:
    return ListOf(ObjectOf({"key": UNKNOWN, "value": UNKNOWN}, PAIRS), CATALOGUE)


def _any_object(_given: Given) -> Shape:
    return ObjectOf({}, CREATED, is_open=True)


def _with_key(given: Given) -> Shape:
    name = given.text("key")
    return _extended(given, None if not name or "." in name else {name: given.shape("value")})


def _with_keys(given: Given) -> Shape:
    entries = named(given.items("keyValueListInput") or ())
    if entries is None or given.text("dynamicFields") != "" or any("." in name for name in entries):
        return _extended(given, None)
    return _extended(given, {name: shape_of(value, given.resolve) for name, value in entries.items()})


def _extended(given: Given, added: Mapping[str, Shape] | None) -> Shape:
    """Add fields to the object of the input; those are not known where `added` is None."""
    base = given.shape("object")
    if given.text("objectPath") != "" or added is None or not isinstance(base, ObjectOf):
        return ObjectOf({}, CREATED, is_open=True)
    return ObjectOf({**base.fields, **added}, CREATED if base.origin.is_sure else base.origin, base.is_open)


ACTIONS: Mapping[str, Maker] = {
    "addKey": _with_key,
    "addMultipleKeys": _with_keys,
    "aggregate": _number,
    "append": _longer_list,
    "chunks": _chunks,
    "combineCollections": created_object("collections"),
    "concatenate": _both_lists,
    "count": _number,
    "create": _created_list,
    "createObject": created_object("keyValueInput"),
    "deduplicate": _same_list,
    "fieldValueMapping": _pairs,
    "filter": _same_list,
    "first": _item,
    "flatten": _any_list,
    "fromObject": _pairs,
    "last": _item,
    "length": _number,
    "map": _any_list,
    "remove": _same_list,
    "selectItemFromList": _item_at,
    "sort": _same_list,
    "takeFirst": _same_list,
    "takeLast": _same_list,
    "toObject": _any_object,
}
