"""Two values compared by what they say: paths with before and after, `headers.Accept: json`."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from xchange_cli.changes.change import Line
from xchange_cli.changes.words.close_up import close_up
from xchange_cli.changes.words.lines import CAME, FOLDED, GONE, line_difference
from xchange_cli.changes.words.readable import Leaf, Shape, long_text, one_line, shape_of, text_of_shape
from xchange_cli.document.node import Node, kind_of

MOST_LINES = 20
_MOST_LEAVES = 4000
"""Where there are more, values are compared as lines of text: deepdiff takes seconds for them."""

_PLAIN_KEY = re.compile(r"[^\s.\[\]\"']+(?: [^\s.\[\]\"']+)*")

Path = tuple[str | int, ...]


def value_difference(old: Node | None, new: Node | None) -> tuple[Line, ...]:
    """Tell what differs below a value, `-` before and `+` after it; None is a value that is not written.

    Texts of several lines are compared line by line, JSON and inputs by their structure. Of more than 20 lines the last
    one counts those left out.
    """
    if old is None or new is None:
        return (*_value_lines(old, GONE), *_value_lines(new, CAME))
    texts = long_text(old), long_text(new)
    if texts[0] is not None and texts[1] is not None:
        return line_difference(texts[0], texts[1])
    told = tuple(_told(shape_of(old), shape_of(new)))
    if not told:
        told = tuple(_told(_as_written(old.data), _as_written(new.data)))
    return _capped(told)


def _value_lines(value: Node | None, mark: str) -> tuple[Line, ...]:
    text = long_text(value)
    if text is not None:
        return _capped(tuple(Line(mark, line) for line in text.rstrip("\n").split("\n")))
    return _capped(tuple(_whole((), shape_of(value), mark))) if value is not None else ()


def _capped(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    if len(lines) <= MOST_LINES + 1:
        return lines
    return (*lines[:MOST_LINES], Line(FOLDED, f"… {len(lines) - MOST_LINES} more"))


def _told(old: Shape, new: Shape) -> Iterator[Line]:
    if isinstance(old, Leaf) or isinstance(new, Leaf) or type(old) is not type(new):
        yield from () if old == new else _replaced((), (old,), (new,))
    elif _is_flat(old) and _is_flat(new):
        yield from line_difference(_listed(old), _listed(new), around=0)
    elif isinstance(old, dict) and isinstance(new, dict) and _has_leaves_only(old) and _has_leaves_only(new):
        yield from _of_names(old, new)
    elif _size(old) + _size(new) > _MOST_LEAVES:
        yield from line_difference(_written(old), _written(new))
    else:
        yield from _compared(old, new)


def _is_flat(shape: Shape) -> bool:
    return isinstance(shape, list) and all(isinstance(entry, Leaf) for entry in shape)


def _has_leaves_only(shape: dict[str, Shape]) -> bool:
    return all(isinstance(entry, Leaf) for entry in shape.values())


def _of_names(old: dict[str, Shape], new: dict[str, Shape]) -> Iterator[Line]:
    """Compare values by their names, as most are: without deepdiff, which takes a fifth of a second to load."""
    for key in _merged(list(old), list(new)):
        gone, came = ((side[key],) if key in side else () for side in (old, new))
        if gone != came:
            yield from _replaced((key,), gone, came)


def _listed(shape: Shape) -> str:
    return "\n".join(map(text_of_shape, shape))


def _written(shape: Shape) -> str:
    return "\n".join(line.text for line in _whole((), shape, ""))


def _size(shape: Shape) -> int:
    if isinstance(shape, Leaf):
        return 1
    return sum(map(_size, shape.values() if isinstance(shape, dict) else shape))


def _as_written(data: Any) -> Shape:
    """Give a value as YAML has it, inputs with their `type` and `meta`."""
    if isinstance(data, dict):
        return {str(key): _as_written(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_written(entry) for entry in data]
    return Leaf(kind_of(data), data if isinstance(data, str) else json.dumps(data))


def _compared(old: Shape, new: Shape) -> Iterator[Line]:
    """Ask deepdiff, and tell what it found in the order of the values."""
    from deepdiff import DeepDiff
    from deepdiff.helper import notpresent

    before, after = _plain(old), _plain(new)
    found = DeepDiff(before, after, view="tree", ignore_private_variables=False, threshold_to_diff_deeper=0)
    levels = [(_path(level), level) for level in chain.from_iterable(found.values())]
    order = {path: place for place, path in enumerate(_paths((), before, after))}
    for path, level in sorted(levels, key=lambda one: order.get(one[0], len(order))):
        gone = () if level.t1 is notpresent else (_shape(level.t1),)
        came = () if level.t2 is notpresent else (_shape(level.t2),)
        yield from _replaced(path, gone, came)


def _path(level: Any) -> Path:
    return tuple(level.path(output_format="list"))


def _plain(shape: Shape) -> Any:
    """Give a shape with texts for leaves, which deepdiff takes as a whole."""
    match shape:
        case Leaf(kind, text):
            return f"{kind}\0{text}"
        case dict():
            return {key: _plain(value) for key, value in shape.items()}
        case _:
            return [_plain(value) for value in shape]


def _shape(plain: Any) -> Shape:
    match plain:
        case str():
            kind, _, text = plain.partition("\0")
            return Leaf(kind, text)
        case dict():
            return {key: _shape(value) for key, value in plain.items()}
        case _:
            return [_shape(value) for value in plain]


def _paths(above: Path, old: Any, new: Any) -> Iterator[Path]:
    """Yield the paths of both values: what went before what came in its place."""
    yield above
    if isinstance(old, dict) and isinstance(new, dict):
        for key in _merged(list(old), list(new)):
            yield from _paths((*above, key), old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list):
        for place in range(max(len(old), len(new))):
            one, other = (entries[place] if place < len(entries) else None for entries in (old, new))
            yield from _paths((*above, place), one, other)


def _merged(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield the keys of both: in the order of the new value, what went before what came in its place."""
    kept, left = set(new), list(reversed(old))
    for key in (*new, None):
        while left and left[-1] not in kept:
            yield left.pop()
        if key is not None:
            yield key
            if left and left[-1] == key:
                left.pop()


def _replaced(path: Path, gone: Sequence[Shape], came: Sequence[Shape]) -> Iterator[Line]:
    if len(gone) == len(came) == 1 and isinstance(gone[0], Leaf) and isinstance(came[0], Leaf):
        yield from _of_leaves(path, gone[0], came[0])
        return
    for shape in gone:
        yield from _whole(path, shape, GONE)
    for shape in came:
        yield from _whole(path, shape, CAME)


def _of_leaves(path: Path, old: Leaf, new: Leaf) -> Iterator[Line]:
    """Tell two values: from where they differ if they are long, with their kinds if they read alike."""
    before, after = close_up(one_line(old.text), one_line(new.text))
    if before == after:
        before, after = f"{before} ({old.kind})", f"{after} ({new.kind})"
    yield Line(GONE, _at(path, before))
    yield Line(CAME, _at(path, after))


def _whole(path: Path, shape: Shape, mark: str) -> Iterator[Line]:
    """Yield a line for each value below a shape."""
    if isinstance(shape, Leaf) or not shape:
        yield Line(mark, _at(path, text_of_shape(shape)))
        return
    inner = shape.items() if isinstance(shape, dict) else enumerate(shape)
    for key, value in inner:
        yield from _whole((*path, key), value, mark)


def _at(path: Path, text: str) -> str:
    words = "".join(map(_step, path)).removeprefix(".")
    return f"{words}: {text}" if words and not words.isspace() else text


def _step(key: str | int) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    return f".{key}" if _PLAIN_KEY.fullmatch(key) else f"[{json.dumps(key, ensure_ascii=False)}]"
