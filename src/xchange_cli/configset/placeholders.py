"""`${env:NAME}`, `${file:path}` and their secret forms, in the values of a config set.

The environment and the files are handed in: nothing here looks at the process.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.configset.findings import report
from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.node import Node, Scalar, Sequence
from xchange_cli.errors import XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.redaction import Secret
from xchange_cli.source import Source

_TOKEN = re.compile(r"(?P<literal>\$\$\{)|\$\{(?P<inner>[^}]*)\}|(?P<unclosed>\$\{)")
_SCHEMES = ("env", "file", "secret")
_ESCAPE_HINT = "Write `$${` where the text `${` itself is meant."

ReadFile = Callable[[str], str]
"""Gives the text of a file by its path as written; raises OSError or XchangeError where it cannot."""


def reader_in(folder: Path) -> ReadFile:
    """Give a function that reads files whose paths start at `folder`."""
    return lambda path: Source.read(folder / path, path, is_named=True).text


class UnknownText(str):
    """A text as the file has it, with placeholders that nobody has looked up: it may stand for any text."""

    __slots__ = ()


class Outside(NamedTuple):
    """What placeholders may ask for."""

    environment: Mapping[str, str]
    read_file: ReadFile


class Expanded(NamedTuple):
    """A value with its placeholders replaced.

    `malformed` are placeholders that nobody can read, `unresolved` those that this environment does not fill;
    in either case the value is not to be used.
    """

    data: Any
    secrets: tuple[Secret, ...] = ()
    malformed: tuple[Diagnostic, ...] = ()
    unresolved: tuple[Diagnostic, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.malformed and not self.unresolved


def expand(node: Node, outside: Outside | None, *, as_text: bool = False) -> Expanded:
    """Give the plain value of a node; keys of mappings are taken as they stand.

    Without `outside` nothing is looked up: a text with placeholders is an `UnknownText`.

    With `as_text`, numbers and truth values inside are given as they are written: `1.10` stays `1.10`.
    """
    expander = _Expander(outside, as_text=as_text)
    data = expander.expand(node)
    return Expanded(data, tuple(expander.secrets), tuple(expander.malformed), tuple(expander.unresolved))


class _Expander:
    def __init__(self, outside: Outside | None, *, as_text: bool) -> None:
        self._outside = outside
        self._is_unknown = False
        self._as_text = as_text
        self.secrets: list[Secret] = []
        self.malformed: list[Diagnostic] = []
        self.unresolved: list[Diagnostic] = []

    def expand(self, node: Node) -> Any:
        match node:
            case MappingNode():
                return {key: self.expand(entry.value) for key, entry in node.entries.items()}
            case Sequence():
                return [self.expand(item) for item in node.items]
            case Scalar():
                return self._scalar(node)
        return node.data  # pragma: no cover - the three kinds above are all

    def _scalar(self, node: Scalar) -> Any:
        if isinstance(node.data, str):
            self._is_unknown = False
            text = _TOKEN.sub(lambda match: self._replacement(match, node), node.value)
            return UnknownText(node.value) if self._is_unknown else text
        return node.value if self._as_text and node.data is not None else node.data

    def _replacement(self, match: re.Match[str], node: Scalar) -> str:
        if match["literal"]:
            return "${"
        if match["unclosed"]:
            self._refuse(node, match.span(), "this placeholder has no closing brace", _ESCAPE_HINT)
            return ""
        inner, start = match["inner"], match.start("inner")
        is_secret = inner.startswith("secret:")
        if is_secret:
            inner, start = inner.removeprefix("secret:"), start + len("secret:")
        value = self._value(inner, start, node, match)
        if is_secret and value:
            self.secrets.append(Secret(inner, value))
        return value

    def _value(self, inner: str, start: int, node: Scalar, match: re.Match[str]) -> str:
        """Messages repeat no words of what may be a password with braces, unless they are nearly the right ones."""
        scheme, colon, name = inner.partition(":")
        if not colon:
            hint = f"Write `${{env:NAME}}` for an environment variable. {_ESCAPE_HINT}"
            self._refuse(node, match.span(), "this placeholder does not say where its value comes from", hint)
            return ""
        if not name:
            self._refuse(node, match.span(), "this placeholder names nothing")
            return ""
        place = (start + len(scheme) + 1, start + len(inner))
        if scheme in {"env", "file"} and self._outside is None:
            self._is_unknown = True
            return ""
        match scheme, self._outside:
            case "env", Outside(environment=environment):
                return self._variable(name, environment, node, place)
            case "file", Outside(read_file=read_file):
                return self._file(name, read_file, node, place)
        guess = nearest(scheme, _SCHEMES)
        hint = f"Did you mean `{guess}`?" if guess else "Known are `env`, `file` and, before these, `secret`."
        what = f"`{scheme}`" if guess else "this"
        self._refuse(node, (start, start + len(scheme)), f"{what} is no source of values", hint, scheme)
        return ""

    def _variable(
        self, name: str, environment: Mapping[str, str], node: Scalar, place: tuple[int, int]
    ) -> str:
        value = environment.get(name)
        if value is None:
            guess = nearest(name, environment)
            hint = f"Did you mean `{guess}`?" if guess else f"Set {name} before the command."
            self._miss(node, place, f"the environment variable {name} is not set", hint, name)
            return ""
        return value

    def _file(self, path: str, read_file: ReadFile, node: Scalar, place: tuple[int, int]) -> str:
        """Give the text of a file without its last line end, which editors add and nobody means."""
        hint = "Paths start at the folder of the config set."
        try:
            text = read_file(path)
        except XchangeError as error:
            self._miss(node, place, error.message, hint, path)
        except OSError as error:
            self._miss(node, place, f"{path} cannot be read: {error.strerror or error}", hint, path)
        else:
            return text.removesuffix("\n").removesuffix("\r")
        return ""

    def _refuse(
        self, node: Scalar, place: tuple[int, int], message: str, hint: str = "", subject: str = ""
    ) -> None:
        subject = subject or node.value[slice(*place)]
        self.malformed.append(
            report("bad-placeholder", message, node.span_of(*place), hint=hint, subject=subject)
        )

    def _miss(self, node: Scalar, place: tuple[int, int], message: str, hint: str, subject: str) -> None:
        self.unresolved.append(
            report("unresolved-placeholder", message, node.span_of(*place), hint=hint, subject=subject)
        )
