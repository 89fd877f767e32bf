"""XML text → the object that mirrors its tree.

Elements are keys and the root is the top one; elements of the same name in one element are a list. How the platform
names attributes is not documented: here `@_name`, and `#text` is the text beside them or beside other elements, as
with a common parser of JavaScript. Prefixes of names stay; comments, processing instructions and the XML declaration
count for nothing. Entities of the document's own are refused, so that no text grows and nothing is fetched.
"""

from typing import Any, Final
from xml.parsers import expat

from xchange_cli.components.exchange_formats.contents import utf8
from xchange_cli.components.exchange_formats.xml_scalars import Scalars
from xchange_cli.components.spec import ActionContext, ActionError
from xchange_cli.javascript.text import trim
from xchange_cli.javascript.values import describe

ATTRIBUTE: Final = "@_"
TEXT: Final = "#text"

_MOST_DEPTH = 200


def read_xml(context: ActionContext, given: str | bytes, *, with_numbers: bool) -> dict[str, Any]:
    """Read one document; bytes are in the encoding that they declare.

    Args:
        context: is warned where the platform may read something else.
        given: the document.
        with_numbers: whether text that is a number, `true` or `false` is read as such; attributes stay text.

    """
    is_text = isinstance(given, str)
    document = utf8(given.lstrip("\ufeff \t\r\n")) if isinstance(given, str) else given.lstrip(b" \t\r\n")
    if not document:
        raise ActionError("an empty text is not XML")
    tree = _Tree(Scalars(context, is_on=with_numbers))
    try:
        _parser(tree, "utf-8" if is_text else None).Parse(document, True)
    except expat.ExpatError as error:
        raise ActionError(f"not XML: {error}") from error
    except (LookupError, ValueError) as error:
        raise ActionError(f"the encoding that the XML declares cannot be read: {error}") from error
    if tree.has_attributes:
        context.warn(f"how the platform names attributes of XML is not documented; here {ATTRIBUTE}name")
    return tree.top


def _parser(tree: "_Tree", encoding: str | None) -> expat.XMLParserType:
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.text
    parser.EntityDeclHandler = _refuse_declared
    parser.SkippedEntityHandler = _refuse_skipped
    return parser


def _refuse_declared(name: str, *_details: object) -> None:
    raise ActionError(f"the XML declares an entity, {describe(name)}; such XML is refused")


def _refuse_skipped(name: str, *_details: object) -> None:
    raise ActionError(f"the XML uses an entity that it does not declare, {describe(name)}")


class _Tree:
    """Grows with the events of the parser; `top` is the result."""

    def __init__(self, scalars: Scalars) -> None:
        self.top: dict[str, Any] = {}
        self.has_attributes = False
        self._scalars = scalars
        self._open: list[dict[str, Any]] = [self.top]
        self._texts: list[list[str]] = [[]]

    def start(self, _name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > _MOST_DEPTH:
            raise ActionError(f"the XML is nested deeper than {_MOST_DEPTH} levels", kind="nested-too-deeply")
        self.has_attributes = self.has_attributes or bool(attributes)
        self._open.append({ATTRIBUTE + key: value for key, value in attributes.items()})
        self._texts.append([])

    def text(self, text: str) -> None:
        self._texts[-1].append(text)

    def end(self, name: str) -> None:
        members = self._open.pop()
        text = trim("".join(self._texts.pop()))
        if members:
            if text:
                members[TEXT] = self._scalars.read(text)
            self._add(name, members)
        else:
            self._add(name, self._scalars.read(text))

    def _add(self, name: str, value: Any) -> None:
        parent = self._open[-1]
        if name not in parent:
            parent[name] = value
        elif isinstance(parent[name], list):
            parent[name].append(value)
        else:
            parent[name] = [parent[name], value]
