"""The text itself: what is no YAML any more, or says a thing twice."""

import re
from collections.abc import Iterator

from mutations.changes import repeat_item, replace
from mutations.correct import Breakage, Correct, broken
from xchange_cli.source import Span


def _places(file: Correct, pattern: str) -> Iterator[tuple[Span, re.Match[str]]]:
    for match in re.finditer(pattern, file.text, re.MULTILINE):
        yield Span(file.source, match.start(), match.end()), match


def _step_names(file: Correct) -> Iterator[Span]:
    yield from (step.step.name_node.span for step in file.steps)


def indent_with_a_tab(file: Correct) -> Iterator[Breakage]:
    """YAML does not take tabs for indentation."""
    for span, _ in _places(file, r"^ +(?=(inputs|action):)"):
        yield broken(replace(span, "\t"))


def lose_a_colon(file: Correct) -> Iterator[Breakage]:
    """A key without a colon is no key."""
    for span, match in _places(file, r"^ +(inputs|action|component)(:)"):
        following = Span(file.source, span.start, file.text.find("\n", span.end) + 2)
        colon = span._replace(start=match.start(2))
        yield broken(replace(colon, ""), at=(following,))


def lose_the_quote_behind_a_text(file: Correct) -> Iterator[Breakage]:
    """The text in quotes does not end."""
    for span, _ in _places(file, r"(?<=value: '')(?=\}|$)|(?<=\w)'(?=\}$)"):
        if span.text:
            line = _line(file, span)
            yield broken(replace(span, ""), at=(line._replace(end=_line_end(file, line.end + 1)),))


def lose_a_closing_brace(file: Correct) -> Iterator[Breakage]:
    """The mapping in braces does not end."""
    for span, _ in _places(file, r"\}$"):
        if re.search(r"\{(key|type|name):", _line(file, span).text):
            line = _line(file, span)
            yield broken(replace(span, ""), at=(line._replace(end=_line_end(file, line.end + 1)),))


def indent_a_line_too_far(file: Correct) -> Iterator[Breakage]:
    """A key stands deeper than its neighbours."""
    for span, _ in _places(file, r"^ +(?=(inputs|action):)"):
        yield broken(replace(span, span.text + "   "), at=(_line(file, span),), at_edits=True)


def put_a_line_too_far_left(file: Correct) -> Iterator[Breakage]:
    """A key stands beside nothing."""
    for span, _ in _places(file, r"^ +(?=(inputs|action):)"):
        line = _line(file, span)
        around = line._replace(end=_line_end(file, line.end + 1))
        yield broken(replace(span, span.text[:-1]), at=(around,))


def write_a_key_twice(file: Correct) -> Iterator[Breakage]:
    """A mapping has each key once; readers disagree about which one counts."""
    for step in file.steps:
        entry = step.step.node.entries["name"]
        indent = " " * (entry.key.span.first.column - 1)
        place = Span(file.source, entry.value.end, entry.value.end)
        yield broken(replace(place, f"\n{indent}name: Once More"), at=(entry.key.span,), at_edits=True)


def leave_marks_of_a_merge(file: Correct) -> Iterator[Breakage]:
    """git leaves these lines where two changes meet."""
    for name in _step_names(file):
        line = _line(file, name)
        text = f"<<<<<<< HEAD\n{line.text}\n=======\n{line.text}\n>>>>>>> theirs"
        yield broken(replace(line, text))


def write_a_colon_into_a_plain_text(file: Correct) -> Iterator[Breakage]:
    """A text with a colon and a blank needs quotes."""
    for name in _step_names(file):
        if name.text[0] not in "'\"":
            yield broken(replace(name, f"{name.text}: Again"))


def begin_a_text_with_a_sign(file: Correct) -> Iterator[Breakage]:
    """A plain text cannot begin with `@`."""
    for name in _step_names(file):
        yield broken(replace(name, f"@{name.text.strip(chr(39))}"))


def begin_a_text_with_a_star(file: Correct) -> Iterator[Breakage]:
    """`*` stands for an anchor, and there is none of this name."""
    for name in _step_names(file):
        yield broken(replace(name, "*everyMinute"))


def write_a_template_without_quotes(file: Correct) -> Iterator[Breakage]:
    """A plain text that begins with braces is a mapping."""
    for _, template in file.templates():
        text = template.node.span.text
        if text.startswith("'{{") and "\n" not in text:
            yield broken(replace(template.node, template.node.value))


def begin_a_second_document(file: Correct) -> Iterator[Breakage]:
    """A file holds one integration."""
    flows = file.root.entries["flows"].key
    yield broken(replace(Span(file.source, flows.start, flows.start), "---\n"))


def write_flows_as_a_mapping(file: Correct) -> Iterator[Breakage]:
    """`flows` is a list."""
    entry = file.root.entries["flows"]
    yield broken(replace(entry.value, "{name: Flow, steps: []}"), at=(entry.key.span,), at_edits=True)


def paste_a_flow_twice(file: Correct) -> Iterator[Breakage]:
    """The copy has the name of the original."""
    flows = file.root.sequence("flows")
    if flows is not None:
        for index in range(len(flows.items)):
            yield broken(repeat_item(flows, index))


def _line(file: Correct, span: Span) -> Span:
    start = file.text.rfind("\n", 0, span.start) + 1
    return Span(file.source, start, _line_end(file, span.start))


def _line_end(file: Correct, offset: int) -> int:
    end = file.text.find("\n", offset)
    return end if end >= 0 else len(file.text)
