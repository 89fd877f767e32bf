"""What scalars stand for: the YAML 1.2 core schema (section 10.3.2).

One difference is on purpose: numbers with leading zeros stay text, as in the files that hosted builders write.
The tags of the core schema count; any other is refused, since other programs refuse it or read something else.
"""

import re
from typing import Any

_CONSTANTS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMBER = re.compile(
    r"[-+]?(?:0|[1-9][0-9]*)$"
    r"|0o[0-7]+$|0x[0-9a-fA-F]+$"
    r"|[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"
    r"|[-+]?\.(?:inf|Inf|INF)$|\.(?:nan|NaN|NAN)$"
)
_MAY_BE_NUMBER = frozenset("+-.0123456789")
STARTS_OF_OTHERS = _MAY_BE_NUMBER | {word[:1] for word in _CONSTANTS}
"""The first characters, or none, of whatever is no text: a test that spares most scalars the question."""
_LONGEST_WHOLE_NUMBER = 400
_TAG_PREFIX = "tag:yaml.org,2002:"
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "null": (type(None),),
}


def resolve(value: str) -> Any:
    """Give what a scalar without quotes and without a tag stands for."""
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    if value[0] in _MAY_BE_NUMBER and _NUMBER.match(value):
        return _number(value)
    return value


def resolve_tagged(tag: str, value: str) -> Any:
    """Give what a scalar with an explicit tag stands for, quoted or not.

    Raises:
        ValueError: the tag is none of the core schema, or does not fit; what is wrong, in words.

    """
    name = tag.removeprefix(_TAG_PREFIX)
    if tag == _TAG_PREFIX + "str":
        return value
    if name == tag or name not in _SCALAR_TAGS:
        raise _misfit(tag)
    data = resolve(value)
    fits = isinstance(data, _SCALAR_TAGS[name]) and isinstance(data, bool) == (name == "bool")
    if not fits:
        raise _misfit(tag)
    return float(data) if name == "float" else data


def check_collection_tag(tag: str, kind: str) -> None:
    """Accept `!!map` on a mapping and `!!seq` on a list.

    Raises:
        ValueError: any other tag; what is wrong, in words.

    """
    if tag != _TAG_PREFIX + kind:
        raise _misfit(tag)


def _misfit(tag: str) -> ValueError:
    name = tag.removeprefix(_TAG_PREFIX)
    if name == tag:
        return ValueError(f"the tag `{tag}` means nothing here")
    if name in {"str", "map", "seq", *_SCALAR_TAGS}:
        return ValueError(f"the tag `!!{name}` does not fit this value")
    return ValueError(f"the tag `!!{name}` means nothing here")


def _number(value: str) -> int | float | str:
    if value.startswith(("0o", "0x")):
        return int(value, 0) if len(value) < _LONGEST_WHOLE_NUMBER else value
    lowered = value.lower()
    if lowered.endswith(("inf", "nan")):
        return float(lowered.replace(".", ""))
    if any(mark in lowered for mark in ".e"):
        return float(value)
    return int(value) if len(value) < _LONGEST_WHOLE_NUMBER else value
