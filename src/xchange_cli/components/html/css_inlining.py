"""Moves the rules of style sheets into `style` attributes: as the JavaScript library juice mostly does.

What cannot be inlined stays in a style sheet: at-rules such as `@media`, and selectors such as `a:hover`. Sheets for
other media than all and screen stay as they are, linked ones are not fetched.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from xchange_cli.components.html.css_rules import Declaration, Rule, parse_declarations, parse_sheet
from xchange_cli.components.html.css_selectors import (
    ANY,
    Handle,
    Known,
    Place,
    Selector,
    Specificity,
    parse_selector,
)
from xchange_cli.components.html.tokens import Kind, Token, decoded
from xchange_cli.components.html.tree import Element, walk, write

_UNSTYLED = frozenset({"head", "title", "base", "meta", "link", "style", "script", "template"})


class _Styling(NamedTuple):
    selector: Selector
    declarations: tuple[Declaration, ...]


def inline_styles(root: Element, go_on: Callable[[], None]) -> str:
    """Write the document with its styles inlined; the tree is changed.

    `go_on` is called now and then, and may end the work by raising an error.
    """
    stylings: list[_Styling] = []
    for element in [root, *walk(root)]:
        for sheet in [child for child in element.elements if _is_sheet(child)]:
            left = _take(sheet, stylings)
            sheet.children = [Token(Kind.RAW, f"\n{left}\n")]
            if not left:
                element.children.remove(sheet)
    places = [place for place in _places(root, None) if place.element.name not in _UNSTYLED]
    for element, matching in _matched(places, stylings, go_on):
        _style(element, matching)
    return write(root)


def links_sheets(root: Element) -> bool:
    return any(
        element.name == "link" and "stylesheet" in element.attributes.get("rel", "").lower().split()
        for element in walk(root)
    )


def _is_sheet(element: Element) -> bool:
    media = element.attributes.get("media", "").strip().lower()
    return (
        element.name == "style" and media in {"", "all", "screen"} and "data-embed" not in element.attributes
    )


def _take(sheet: Element, stylings: list[_Styling]) -> str:
    """Add what can be inlined of a sheet, and give the rest as text."""
    left = []
    for rule in parse_sheet("".join(map(write, sheet.children))):
        if isinstance(rule, str):
            left.append(rule)
            continue
        selectors = {text: parse_selector(text) for text in rule.selectors}
        stylings += [_Styling(known, rule.declarations) for known in selectors.values() if known]
        left += _rest(rule, [text for text, known in selectors.items() if known is None])
    return "\n".join(left)


def _rest(rule: Rule, selectors: list[str]) -> list[str]:
    return [f"{', '.join(selectors)} {{ {rule.body} }}"] if selectors else []


def _places(element: Element, parent: Place | None) -> Iterator[Place]:
    siblings = element.elements
    for index, child in enumerate(siblings):
        place = Place(child, siblings, index, parent)
        yield place
        yield from _places(child, place)


def _matched(
    places: list[Place], stylings: list[_Styling], go_on: Callable[[], None]
) -> Iterable[tuple[Element, list[_Styling]]]:
    """Find the stylings of each element that has some, in their order."""
    by_handle: dict[Handle, list[Place]] = {ANY: places}
    for place in places:
        for handle in _handles(place.element):
            by_handle.setdefault(handle, []).append(place)
    matched: dict[int, tuple[Element, list[_Styling]]] = {}
    for styling in stylings:
        go_on()
        known: Known = {}
        for place in by_handle.get(styling.selector.handle, ()):
            if styling.selector.matches(place, known):
                matched.setdefault(id(place.element), (place.element, []))[1].append(styling)
    return matched.values()


def _handles(element: Element) -> Iterator[Handle]:
    yield Handle("type", element.name)
    if "id" in element.attributes:
        yield Handle("id", element.attributes["id"])
    for name in dict.fromkeys(element.attributes.get("class", "").split()):
        yield Handle("class", name)


def _style(element: Element, matching: list[_Styling]) -> None:
    """Write the style of an element: more specific rules win over others, its own style over all that is not
    important."""
    ranked: list[tuple[tuple[bool, bool, Specificity], Declaration]] = [
        ((declaration.is_important, False, styling.selector.specificity), declaration)
        for styling in matching
        for declaration in styling.declarations
    ]
    ranked += [
        ((declaration.is_important, True, (0, 0, 0)), declaration)
        for declaration in parse_declarations(decoded(element.attributes.get("style", "")))
    ]
    winning: dict[str, str] = {}
    for _, declaration in sorted(ranked, key=lambda entry: entry[0]):
        winning.pop(declaration.name, None)
        winning[declaration.name] = declaration.value
    _set_style(element, " ".join(f"{name}: {value};" for name, value in winning.items()))


def _set_style(element: Element, style: str) -> None:
    quoted = style.replace("&", "&amp;").replace('"', "'")
    attributes = {**element.attributes, "style": quoted}
    written = "".join(f' {name}="{value.replace(chr(34), "&quot;")}"' for name, value in attributes.items())
    closing = " />" if element.start.endswith("/>") else ">"
    element.start = f"<{element.name}{written}{closing}"
