"""Ways to write the same data down."""

import copy
import random
import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from change_ways.file import Data

Write = Callable[[Data], str]
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")


class _Dumper(yaml.CSafeDumper):
    """Writes no anchors, and quotes what YAML 1.2 takes for a number."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.yaml_implicit_resolvers = copy.deepcopy(yaml.CSafeDumper.yaml_implicit_resolvers)
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(f"^(?:{_NUMBER.pattern})$"), list("-+.0123456789")
)


def plain(data: Data) -> str:
    """Write as the tests write the old file: keys as they come, lines of 100 characters."""
    return _dumped(data, width=100)


def _dumped(data: Any, **how: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, **how)


def sorted_keys(data: Data) -> str:
    return yaml.dump(data, Dumper=_Dumper, sort_keys=True, allow_unicode=True)


def reversed_keys(data: Data) -> str:
    return _dumped(_reordered(data, lambda keys: keys[::-1]))


def shuffled_keys(data: Data) -> str:
    dice = random.Random("keys")
    return _dumped(_reordered(data, lambda keys: dice.sample(keys, len(keys))))


def single_quotes(data: Data) -> str:
    return _quoted(data, "'")


def double_quotes(data: Data) -> str:
    return _quoted(data, '"')


def narrow_lines(data: Data) -> str:
    """Fold long texts at 40 characters."""
    return _dumped(data, width=40)


def endless_lines(data: Data) -> str:
    return _dumped(data, width=1_000_000)


def flow_style(data: Data) -> str:
    """Write all in braces and brackets."""
    return _dumped(data, default_flow_style=True, width=200)


def one_line_leaves(data: Data) -> str:
    """Write the innermost mappings and lists in one line each."""
    return _dumped(data, default_flow_style=None, width=1000)


def deep_indent(data: Data) -> str:
    return _dumped(data, indent=6)


def json_text(data: Data) -> str:
    import json

    return json.dumps(data, indent=1, ensure_ascii=False)


def escaped(data: Data) -> str:
    """Write all that is not ASCII as escapes."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=False)


def with_comments(data: Data) -> str:
    """Put a comment above each entry of a list that begins with a name, and one behind it."""
    text = re.sub(
        r"(?m)^( *)- (name|key): (\S+)$", r"\1# Here comes \3.\n\1- \2: \3  # this one", plain(data)
    )
    return f"# Written by hand.\n{text}# The end.\n"


def with_blank_lines(data: Data) -> str:
    return re.sub(r"(?m)^( *)- (name|key): (\S+)$", r"\n\1- \2: \3", plain(data))


def carriage_returns(data: Data) -> str:
    return plain(data).replace("\n", "\r\n")


def marked_document(data: Data) -> str:
    return f"%YAML 1.2\n---\n{plain(data)}...\n"


def literal_blocks(data: Data) -> str:
    """Write texts of several lines as blocks, others in double quotes."""
    return yaml.dump(_as_blocks(data), Dumper=_Blocks, sort_keys=False, allow_unicode=True, width=1000)


def with_aliases(data: Data) -> str:
    """Write once what is there several times, and point to it."""
    seen: dict[str, Any] = {}
    return yaml.dump(_shared(data, seen), Dumper=_Aliases, sort_keys=False, allow_unicode=True)


FORMATS: Mapping[str, Write] = {
    write.__name__.replace("_", " "): write
    for write in (
        plain,
        sorted_keys,
        reversed_keys,
        shuffled_keys,
        single_quotes,
        double_quotes,
        narrow_lines,
        endless_lines,
        flow_style,
        one_line_leaves,
        deep_indent,
        json_text,
        escaped,
        with_comments,
        with_blank_lines,
        carriage_returns,
        marked_document,
        literal_blocks,
        with_aliases,
    )
}


class _Text(str):
    __slots__ = ()


class _Blocks(_Dumper):
    pass


class _Aliases(yaml.CSafeDumper):
    yaml_implicit_resolvers = _Dumper.yaml_implicit_resolvers

    def ignore_aliases(self, data: Any) -> bool:
        return not isinstance(data, dict) or not data


def _block(dumper: Any, text: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|" if "\n" in text else '"')


_Blocks.add_representer(_Text, _block)


def _as_blocks(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _as_blocks(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_blocks(item) for item in data]
    return _Text(data) if isinstance(data, str) else data


def _quoted(data: Data, quote: str) -> str:
    class Quoting(_Dumper):
        pass

    Quoting.add_representer(
        _Text, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=quote)
    )
    return yaml.dump(_as_blocks(data), Dumper=Quoting, sort_keys=False, allow_unicode=True)


def _shared(data: Any, seen: dict[str, Any]) -> Any:
    if isinstance(data, list):
        return [_shared(item, seen) for item in data]
    if not isinstance(data, dict):
        return data
    made = {key: _shared(value, seen) for key, value in data.items()}
    return seen.setdefault(repr(made), made)


def _reordered(data: Any, order: Callable[[list[str]], list[str]]) -> Any:
    if isinstance(data, list):
        return [_reordered(item, order) for item in data]
    if not isinstance(data, dict):
        return data
    return {key: _reordered(data[key], order) for key in order(list(data))}
