"""The labels of an integration: in lower case, each once."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xchange_cli.document import edit
from xchange_cli.document.new_entry import own_entry
from xchange_cli.document.node import ALIAS, Mapping, Scalar
from xchange_cli.document.node import Sequence as List
from xchange_cli.document.parse import parse
from xchange_cli.document.put import put_texts, replace_scalar
from xchange_cli.document.refusal import refusal
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.source import Source

KEY = "labels"


class LabelWish(NamedTuple):
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class LabelsEdited(NamedTuple):
    """Labels before and after; `there` were to be added and are there already, `absent` to be removed and are not."""

    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    there: tuple[str, ...]
    absent: tuple[str, ...]


def normal_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """Give labels as they are stored: in lower case, without blanks around them, each once; commas part them.

    Raises:
        XchangeError: USAGE when one is empty, or begins like an option.

    """
    parts = (part for label in labels for part in label.split(","))
    normal = tuple(dict.fromkeys(part.strip().lower() for part in parts))
    option = next((label for label in normal if label.startswith("-")), None)
    if option is not None:
        message = f"`{option}` is taken for a label here, and looks like an option"
        raise XchangeError(ErrorCode.USAGE, message, hint="Write the label first, such as `--label crm`.")
    if "" in normal:
        raise XchangeError(ErrorCode.USAGE, "a label is empty", hint="Leave it out.")
    return normal


def with_labels(source: Source, root: Mapping, wish: LabelWish, order: Sequence[str]) -> LabelsEdited:
    """Add and remove labels; those that differ in case only become one.

    Raises:
        XchangeError: USAGE when a label is empty, or to be added and removed; INVALID where the labels in the file
            are no list of texts, or cannot be changed in place.

    """
    add, remove = normal_labels(wish.add), normal_labels(wish.remove)
    both = next((label for label in add if label in remove), None)
    if both is not None:
        message = f"the label `{both}` is to be added and removed"
        raise XchangeError(ErrorCode.USAGE, message, hint="Leave one of the two out.")
    nodes = labels_of(root)
    before = tuple(node.value for node in nodes)
    today = tuple(filter(None, dict.fromkeys(map(_normal, before))))
    after = (*(one for one in today if one not in remove), *(one for one in add if one not in today))
    text = source.text if before == after else _changed(source, root, nodes, after, order)
    there = tuple(one for one in add if one in today)
    return LabelsEdited(text, before, after, there, tuple(one for one in remove if one not in today))


def _changed(
    source: Source, root: Mapping, nodes: Sequence[Scalar], after: Sequence[str], order: Sequence[str]
) -> str:
    """Write the labels that stay in lower case first: so they keep their places, and their comments."""
    entry = own_entry(root, KEY)
    is_own = entry is not None and not source.text.startswith("*", entry.value.start)
    kept = [node for node in nodes if is_own and _normal(node.value) in after and node.style != ALIAS]
    lowered = edit.apply(source, [replace_scalar(node, _normal(node.value)) for node in kept])
    again = Source(source.name, lowered)
    read = parse(again).root
    assert isinstance(read, Mapping)
    return edit.apply(again, put_texts(read, KEY, after, order))


def labels_of(root: Mapping) -> list[Scalar]:
    value = root.get(KEY)
    if value is None or (isinstance(value, Scalar) and value.data is None):
        return []
    if not isinstance(value, List):
        raise refusal(f"`{KEY}` is {value.kind} here, not a list", value)
    odd = next((item for item in value.items if not isinstance(item, Scalar)), None)
    if odd is not None:
        raise refusal(f"a label is text; this is {odd.kind}", odd)
    return [item for item in value.items if isinstance(item, Scalar) and item.data is not None]


def _normal(label: str) -> str:
    return label.strip().lower()
