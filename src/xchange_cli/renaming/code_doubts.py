"""Places in JavaScript that may name what is renamed, without being certain."""

from collections.abc import Container, Iterator

from xchange_cli.javascript.declarations import Place
from xchange_cli.renaming.in_code import codes_of
from xchange_cli.renaming.kind import Kind
from xchange_cli.renaming.lookup import Lookup
from xchange_cli.renaming.result import Certainty, Doubt
from xchange_cli.renaming.subject import Subject
from xchange_cli.renaming.words import Words
from xchange_cli.validation.facts import CodeUse, Dialect

_HOLDERS = {
    Kind.CONFIG_VAR: ("configVars",),
    Kind.FLOW: ("webhookUrls", "webhookApiKeys"),
    Kind.STEP: ("stepResults",),
}
_TEXTS = ("string", "template_string")
_MEMBERS = ("property_identifier", "shorthand_property_identifier_pattern")
_TAKING = frozenset({"member_expression", "pair_pattern", "object_pattern", "object_assignment_pattern"})

_CHOSEN = "the code chooses by a name that it makes itself"
_AS_TEXT = "the code has the name as a text"
_MEMBER = "a member of this name, of something that is not known for certain"
_COMMENT = "a comment in code"

Changed = Container[tuple[int, int]]
"""Where names are changed: the id of a scalar, and the offset in its value."""


def doubts_in_code(subject: Subject, lookup: Lookup, words: Words, changed: Changed) -> Iterator[Doubt]:
    """Yield texts, members and comments that have the name, and members that are chosen at run time."""
    for use in codes_of(lookup):
        if _concerns(use, subject, lookup):
            yield from _members(use, words, changed)
            yield from _choices(use, _HOLDERS[subject.target.kind])
            yield from _comments(use, words)


def _concerns(use: CodeUse, subject: Subject, lookup: Lookup) -> bool:
    """Code sees the steps of its own flow only; that of a trigger and of a data source sees none."""
    if subject.target.kind is not Kind.STEP:
        return True
    return (
        use.dialect is Dialect.STEP
        and use.step is not None
        and use.step.flow is lookup.flow_of(subject.target)
    )


def _members(use: CodeUse, words: Words, changed: Changed) -> Iterator[Doubt]:
    from xchange_cli.javascript.reading.tree import read, string_value, text_of

    code = read(use.code)
    for place in code.of_kinds(*_TEXTS, *_MEMBERS):
        is_text = place.node.type in _TEXTS
        name = string_value(place.node) if is_text else text_of(place.node)
        if name not in words.exact or not (is_text or _is_taken(place)):
            continue
        start, end = code.span(place.node)
        if (id(use.node), start + is_text) not in changed:
            span = use.span(start + is_text, end - is_text)
            yield Doubt(span, Certainty.UNSURE, _AS_TEXT if is_text else _MEMBER)


def _is_taken(place: Place) -> bool:
    return place.outer is not None and place.outer.node.type in _TAKING


def _choices(use: CodeUse, holders: tuple[str, ...]) -> Iterator[Doubt]:
    from xchange_cli.javascript.reading.exports import exported
    from xchange_cli.javascript.reading.member_paths import parameters
    from xchange_cli.javascript.reading.tree import bare, inner, read, text_of

    code = read(use.code)
    function = exported(use.code).function
    second = parameters(function)[1:2] if function is not None and holders == _HOLDERS[Kind.STEP] else []
    names = (*holders, *(text_of(place.node) for place in second if place.node.type == "identifier"))
    for place in code.of_kinds("subscript_expression"):
        holder, index = inner(place, "object"), inner(place, "index")
        if holder is None or index is None or bare(index).node.type in {*_TEXTS, "number"}:
            continue
        if text_of(holder.node).rpartition(".")[2] in names:
            yield Doubt(use.span(*code.span(place.node)), Certainty.UNSURE, _CHOSEN)


def _comments(use: CodeUse, words: Words) -> Iterator[Doubt]:
    from xchange_cli.javascript.declarations import walk
    from xchange_cli.javascript.reading.tree import read, text_of

    code = read(use.code)
    for place in walk(code.root):
        if place.node.type == "comment":
            start = code.span(place.node)[0]
            for first, last in words.found_in(text_of(place.node)):
                yield Doubt(use.span(start + first, start + last), Certainty.MENTION, _COMMENT)
