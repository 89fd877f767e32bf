"""Conditions: groups, operators and terms."""

from collections.abc import Iterator

from mutations.changes import item_span, remove_item, replace
from mutations.correct import Breakage, Correct, broken, misspelt
from xchange_cli.document.node import Mapping, Node, Sequence
from xchange_cli.expression.ast import Clause, Group, Literal, Reference

_WORDLESS = frozenset({"isTrue", "isFalse", "exists", "doesNotExist", "isEmpty", "isNotEmpty"})
"""Operators with one term."""


def _clauses(file: Correct) -> Iterator[Clause]:
    yield from (part for _, _, part in file.written if isinstance(part, Clause))


def _groups(file: Correct) -> Iterator[Group]:
    yield from (part for _, _, part in file.written if isinstance(part, Group))


def _comparisons(file: Correct) -> Iterator[tuple[Clause, Sequence]]:
    for clause in _clauses(file):
        if clause.operator not in _WORDLESS and isinstance(clause.node, Sequence):
            yield clause, clause.node


def misspell_an_operator(file: Correct) -> Iterator[Breakage]:
    """Operators are exact."""
    for clause in _clauses(file):
        yield broken(replace(clause.operator_node, misspelt(clause.operator)))


def write_an_operator_as_a_sign(file: Correct) -> Iterator[Breakage]:
    """Operators are words."""
    for clause, _ in _comparisons(file):
        yield broken(replace(clause.operator_node, "'=='"))


def write_an_operator_in_another_case(file: Correct) -> Iterator[Breakage]:
    """Operators are exact."""
    for clause in _clauses(file):
        if clause.operator != clause.operator.lower():
            yield broken(replace(clause.operator_node, clause.operator.lower()))


def misspell_and_or_or(file: Correct) -> Iterator[Breakage]:
    """A group begins with `and` or `or`."""
    for group in _groups(file):
        yield broken(replace(group.operator_node, f"{group.operator}s"))


def drop_a_term_of_a_comparison(file: Correct) -> Iterator[Breakage]:
    """A comparison has two terms."""
    for clause, sequence in _comparisons(file):
        if len(sequence.items) == 3:
            yield broken(remove_item(sequence, 2), at=(clause.node.span,))


def add_a_third_term_to_a_comparison(file: Correct) -> Iterator[Breakage]:
    """A comparison has two terms."""
    for clause, sequence in _comparisons(file):
        last = sequence.items[-1]
        if isinstance(last, Mapping) and last.span.text.startswith("{"):
            span = item_span(sequence, len(sequence.items) - 1)
            text = span.text if span.text.endswith("\n") else f", {last.span.text}"
            yield broken(replace(span._replace(start=span.end), text), at=(clause.node.span,), at_edits=True)


def compare_without_a_group(file: Correct) -> Iterator[Breakage]:
    """The conditions of a branch begin with `and` or `or`."""
    for group in _groups(file):
        if len(group.clauses) == 1 and isinstance(group.clauses[0], Clause):
            clause = group.clauses[0]
            terms = (
                clause.operator,
                "{name: '', type: value, value: a}",
                "{name: '', type: value, value: b}",
            )
            yield broken(replace(group.node, f"[{', '.join(terms)}]"))


def write_a_condition_as_text(file: Correct) -> Iterator[Breakage]:
    """A condition is a list of an operator and its terms."""
    for group in _groups(file):
        yield broken(replace(group.node, "total > 1000"))


def write_conditions_as_a_mapping(file: Correct) -> Iterator[Breakage]:
    """A condition is a list of an operator and its terms."""
    for group in _groups(file):
        yield broken(replace(group.node, "{and: [a, b]}"))


def write_a_term_as_bare_text(file: Correct) -> Iterator[Breakage]:
    """A term has a `type` and a `value`."""
    for clause in _clauses(file):
        for term in clause.terms:
            yield broken(replace(_whole(term.node, clause), "bare"))


def _whole(node: Node, clause: Clause) -> Node:
    """Give the mapping of a term, of which a reference knows only the text."""
    assert isinstance(clause.node, Sequence)
    return next(item for item in clause.node.items if item.start <= node.start and node.end <= item.end)


def swap_what_begins_with_what(file: Correct) -> Iterator[Breakage]:
    """`startsWith` asks whether its second term begins with its first."""
    for clause, sequence in _comparisons(file):
        if clause.operator in {"startsWith", "endsWith"}:
            first, second = sequence.items[1:3]
            yield broken(
                replace(first, second.span.text), replace(second, first.span.text), at=(clause.node.span,)
            )


def look_into_a_number(file: Correct) -> Iterator[Breakage]:
    """`in` fails when its second term is a number."""
    for clause, sequence in _comparisons(file):
        if clause.operator in {"in", "notIn"}:
            yield broken(
                replace(sequence.items[2], "{name: '', type: value, value: '12'}"), at=(clause.node.span,)
            )


def ask_whether_something_missing_is_empty(file: Correct) -> Iterator[Breakage]:
    """`isEmpty` fails when a caller leaves the field out."""
    for step, _, part in file.written:
        trigger = step.flow.flow.trigger
        is_called = trigger and trigger.action and trigger.action.component == "webhook-triggers"
        first = part.terms[0] if isinstance(part, Clause) else None
        if (
            is_called
            and isinstance(part, Clause)
            and isinstance(first, Reference)
            and first.path[2:3] == ("body",)
        ):
            text = f"[isEmpty, {{name: '', type: reference, value: {first.node.value}}}]"
            if part.operator not in {"exists", "doesNotExist"} and not _is_tested(file, first):
                yield broken(replace(part.node, text))


def _is_tested(file: Correct, term: Reference) -> bool:
    return any(
        clause.operator in {"exists", "doesNotExist"} and clause.terms[0] == term for clause in _clauses(file)
    )


def compare_a_date_with_a_word(file: Correct) -> Iterator[Breakage]:
    """The word is no date."""
    for clause in _clauses(file):
        for term in clause.terms:
            if clause.operator.startswith("dateTime") and isinstance(term, Literal):
                yield broken(replace(term.node, "yesterday"))


def ask_whether_a_position_exists(file: Correct) -> Iterator[Breakage]:
    """For `exists`, 0 does not exist; the first position is 0."""
    for step, _, part in file.written:
        loop = next((around for around in reversed(step.placed.containers) if around.steps is not None), None)
        if isinstance(part, Clause) and loop is not None and isinstance(part.terms[0], Reference):
            text = f"[exists, {{name: '', type: reference, value: {loop.ref}.index}}]"
            yield broken(replace(part.node, text))
