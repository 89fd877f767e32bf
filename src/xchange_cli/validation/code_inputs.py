"""Which inputs hold JavaScript, and fixes inside of it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from xchange_cli.components.spec import InputSpec
from xchange_cli.diagnostics import Edit, Fix
from xchange_cli.document.node import ALIAS, Scalar
from xchange_cli.document.quoting import fits_plain
from xchange_cli.expression.ast import Literal
from xchange_cli.model.integration import ConfigVar, Input
from xchange_cli.validation.facts import CodeUse, Dialect, Facts, StepFacts

if TYPE_CHECKING:
    from xchange_cli.javascript.reading.uses import Segment

_COMPONENT = "code"
_INPUT = "code"
_MODULES = {"runCode": Dialect.STEP, "runCodeTrigger": Dialect.TRIGGER}
_NAME = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_NEVER_QUOTED = frozenset("'\"`\\")


def codes_of_step(step: StepFacts) -> Iterator[CodeUse]:
    """Yield the literal JavaScript of a step; what is blank, the rule missing-input reports."""
    if step.spec is None or step.component is None or step.component.is_own:
        return
    for key, given in step.step.inputs.items():
        spec = step.spec.inputs.get(key)
        if spec is None or spec.type != "code" or (node := _text(given)) is None:
            continue
        if step.component.key != _COMPONENT:
            if _is_function(spec):
                sure = spec.basis.is_sure
                yield CodeUse(step, None, given, node, node.value, Dialect.FUNCTION, sure)
        elif step.spec.key in _MODULES:
            yield CodeUse(step, None, given, node, node.value, _MODULES[step.spec.key])


def codes_of_config_var(variable: ConfigVar, facts: Facts) -> Iterator[CodeUse]:
    """Yield the code of a data source that is written in the file."""
    source, given = variable.data_source, variable.inputs.get(_INPUT)
    if source is None or given is None or source.component != _COMPONENT or facts.component(source) is None:
        return
    node = _text(given)
    if node is not None:
        yield CodeUse(None, variable, given, node, node.value, Dialect.DATA_SOURCE)


def _text(given: Input) -> Scalar | None:
    node = given.value_node
    if not isinstance(given.expression, Literal) or not isinstance(node, Scalar) or not node.value.strip():
        return None
    return node if isinstance(node.data, str) else None


def _is_function(spec: InputSpec) -> bool:
    """Tell an input for a JavaScript function: the catalogue says so in its note or shows one as the default."""
    return spec.note.startswith("JavaScript") or "=>" in str(spec.default)


def exchange(use: CodeUse, start: int, end: int, text: str) -> tuple[Edit, ...]:
    """Put `text` in the place of `code[start:end]`; nothing where the quotes around the code cannot hold it."""
    span = use.span(start, end)
    if use.node.style == ALIAS or span.text != use.code[start:end] or not text.isprintable():
        return ()
    match use.node.style:
        case "'":
            fits = "'" not in text
        case '"':
            fits = '"' not in text and "\\" not in text
        case "":
            word = text.strip("( )")
            fits = not word or fits_plain(word)
        case _:
            fits = True
    return (Edit(span, text),) if fits else ()


def exchange_word(use: CodeUse, start: int, end: int, word: str | None) -> tuple[Fix, ...]:
    edits = exchange(use, start, end, word) if word else ()
    return (Fix(edits),) if edits else ()


def rename(use: CodeUse, named: "Segment", word: str | None) -> tuple[Fix, ...]:
    """Put `word` in the place of the name that code uses; a variable of this name, declared with it, keeps its own."""
    if not word or _NEVER_QUOTED & set(word):
        return ()
    is_name = _NAME.fullmatch(word) is not None
    if named.is_shorthand:
        key = word if is_name else f'"{word}"'
        return exchange_word(use, named.start, named.end, f"{key}: {named.name}")
    return exchange_word(use, named.start, named.end, word) if is_name or named.is_text else ()
