"""Placeholders of templates."""

from collections.abc import Iterator

from mutations.changes import replace
from mutations.correct import Breakage, Correct, broken, misspelt
from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.expression.ast import ConfigValue, Literal, Reference, Template
from xchange_cli.model.integration import Input
from xchange_cli.source import Span


def _placeholders(file: Correct) -> Iterator[tuple[Template, Reference | ConfigValue, Span]]:
    """Yield placeholders with the place from the opening to the closing braces."""
    for _, template in file.templates():
        for part in template.parts:
            if not isinstance(part, Reference | ConfigValue):
                continue
            span = part.span()
            yield template, part, span._replace(start=span.start - 3, end=span.end + 2)


def forget_the_sign_of_a_placeholder(file: Correct) -> Iterator[Breakage]:
    """Without `$` or `#` the braces stay in the text."""
    for _, _part, span in _placeholders(file):
        yield broken(replace(span, f"{{{{{span.text[3:-2]}}}}}"))


def put_blanks_into_the_braces(file: Correct) -> Iterator[Breakage]:
    """It is not documented that blanks there are taken away."""
    for _, _, span in _placeholders(file):
        yield broken(replace(span, f"{{{{ {span.text[2:-2]} }}}}"))


def leave_the_braces_open(file: Correct) -> Iterator[Breakage]:
    """A placeholder ends with two braces."""
    for _, _, span in _placeholders(file):
        yield broken(replace(span, span.text[:-2]))


def lose_one_of_the_closing_braces(file: Correct) -> Iterator[Breakage]:
    """A placeholder ends with two braces."""
    for _, _, span in _placeholders(file):
        yield broken(replace(span, span.text[:-1]))


def lose_one_of_the_opening_braces(file: Correct) -> Iterator[Breakage]:
    """A placeholder begins with two braces."""
    for _, _, span in _placeholders(file):
        yield broken(replace(span, span.text[1:]))


def write_a_placeholder_as_javascript_does(file: Correct) -> Iterator[Breakage]:
    """The text would hold the braces and the name."""
    for _, part, span in _placeholders(file):
        if isinstance(part, Reference):
            yield broken(replace(span, f"${{{span.text[3:-2]}}}"))


def mix_up_the_signs(file: Correct) -> Iterator[Breakage]:
    """`$` is for references, `#` for config variables."""
    for _, part, span in _placeholders(file):
        sign = "#" if isinstance(part, Reference) else "$"
        yield broken(replace(span, f"{{{{{sign}{span.text[3:]}"))


def empty_a_placeholder(file: Correct) -> Iterator[Breakage]:
    """It names nothing."""
    for _, _, span in _placeholders(file):
        yield broken(replace(span, "{{$}}"))


def misspell_a_step_in_a_template(file: Correct) -> Iterator[Breakage]:
    """No step has this key."""
    for _, part, _ in _placeholders(file):
        if isinstance(part, Reference):
            yield broken(replace(part.span(0, 0), misspelt(part.step)))


def misspell_a_config_variable_in_a_template(file: Correct) -> Iterator[Breakage]:
    """No config variable has this key."""
    for _, part, _ in _placeholders(file):
        if isinstance(part, ConfigValue):
            yield broken(replace(part.span(), misspelt(part.key)))


def _whole_templates(file: Correct) -> Iterator[tuple[Input, Template]]:
    """Yield inputs that are a template with a placeholder."""
    for _, given, part in file.written:
        if (
            isinstance(part, Template)
            and given.expression is part
            and not all(isinstance(one, str) for one in part.parts)
        ):
            yield given, part


def call_a_template_a_literal(file: Correct) -> Iterator[Breakage]:
    """Nothing is put into a literal."""
    for given, _ in _whole_templates(file):
        if isinstance(given.node, Mapping):
            yield broken(replace(given.node.entries["type"].value, "value"), at=(given.node.span,))


def call_a_template_a_reference(file: Correct) -> Iterator[Breakage]:
    """A text with placeholders is no path."""
    for given, _ in _whole_templates(file):
        if isinstance(given.node, Mapping):
            yield broken(replace(given.node.entries["type"].value, "reference"), at=(given.node.span,))


def put_a_placeholder_into_a_literal(file: Correct) -> Iterator[Breakage]:
    """Nothing is put into a literal."""
    for step, given, literal in file.literals:
        trigger = step.flow.flow.trigger
        is_text = given.key in {"message", "text", "find", "statusCode", "url"} and trigger is not None
        if is_text and trigger is not None and isinstance(literal, Literal):
            yield broken(replace(literal.node, f"'of {{{{${trigger.ref}.results.body.data.x}}}}'"))


def put_an_object_into_a_text(file: Correct) -> Iterator[Breakage]:
    """The text would hold `[object Object]`."""
    for _, part, _span in _placeholders(file):
        if isinstance(part, Reference) and part.path[1:4] == ("results", "body", "data"):
            yield broken(replace(part.span(0, -1), f"{part.step}.results.body"))


def put_a_list_into_a_text(file: Correct) -> Iterator[Breakage]:
    """How a list becomes text is not documented."""
    for step, template in file.templates():
        top = (step.placed.containers or (step.step,))[0]
        loop = next((one.step for one in step.flow.steps if one.is_loop and not one.placed.containers), None)
        for part in template.parts:
            is_behind = loop is not None and loop.node.end < top.node.start
            if loop is not None and is_behind and isinstance(part, Reference):
                yield broken(replace(part.span(0, -1), f"{loop.ref}.results"))


def use_a_filter(file: Correct) -> Iterator[Breakage]:
    """Placeholders have no filters."""
    for _, _part, span in _placeholders(file):
        yield broken(replace(span, f"{span.text[:-2]} | upper}}}}"))


def write_a_reference_with_braces(file: Correct) -> Iterator[Breakage]:
    """Braces belong into templates; a reference is the bare path."""
    for _, given, part in file.written:
        if isinstance(part, Reference) and given.expression is part and isinstance(part.node, Scalar):
            yield broken(replace(part.node, f"'{{{{${part.node.value}}}}}'"))
