"""JavaScript in code steps."""

import re
from collections.abc import Iterator

from mutations.changes import replace
from mutations.correct import Breakage, Correct, broken, misspelt
from xchange_cli.document.node import Scalar
from xchange_cli.source import Span
from xchange_cli.validation.facts import Sight, StepFacts

_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)


def _found(file: Correct, pattern: str) -> Iterator[tuple[StepFacts, Scalar, re.Match[str]]]:
    """Yield what a pattern finds in code, outside of comments."""
    for step, code in file.codes():
        comments = [match.span() for match in _COMMENT.finditer(code.value)]
        for match in re.finditer(pattern, code.value):
            if not any(start <= match.start() < end for start, end in comments):
                yield step, code, match


def _group(code: Scalar, match: re.Match[str], group: int = 0) -> Span:
    return code.span_of(match.start(group), match.end(group))


def lose_the_last_brace(file: Correct) -> Iterator[Breakage]:
    """The function has no end."""
    for _, code, match in _found(file, r"\}(?=\)?;?\s*\Z)"):
        yield broken(replace(_group(code, match), ""), at=(code.span,))


def lose_a_quote(file: Correct) -> Iterator[Breakage]:
    """A text without an end is no JavaScript."""
    for _, code, match in _found(file, r'(?<=\w)"(?=[\])}])'):
        yield broken(replace(_group(code, match), ""), at=(code.span,))


def lose_a_bracket(file: Correct) -> Iterator[Breakage]:
    """Brackets come in pairs."""
    for _, code, match in _found(file, r"\)(?=;\n)"):
        yield broken(replace(_group(code, match), ""))


def double_a_comma(file: Correct) -> Iterator[Breakage]:
    """An object has no empty places."""
    for _, code, match in _found(file, r"(?<=\{ data: \{ \w{4}),"):
        yield broken(replace(_group(code, match), ",,"))


def export_nothing(file: Correct) -> Iterator[Breakage]:
    """The function is what `module.exports` is set to."""
    for _, code, match in _found(file, r"module\.exports ="):
        yield broken(replace(_group(code, match), "const run ="), at=(code.span,))


def misspell_exports(file: Correct) -> Iterator[Breakage]:
    """Only `module.exports` is looked at."""
    for _, code, match in _found(file, r"module\.exports"):
        yield broken(replace(_group(code, match), "module.export"), at=(code.span,))


def export_as_modules_do(file: Correct) -> Iterator[Breakage]:
    """Code steps are CommonJS, where `export` is a syntax error."""
    for _, code, match in _found(file, r"module\.exports ="):
        yield broken(replace(_group(code, match), "export default"))


def call_the_function_instead_of_exporting_it(file: Correct) -> Iterator[Breakage]:
    """What is exported is no function."""
    for _, code, match in _found(file, r"module\.exports = async \([^)]*\) => \{"):
        yield broken(
            replace(_group(code, match), 'module.exports = "run";\nasync () => {'.replace("\n", " ")),
            at=(code.span,),
        )


def misspell_a_step_in_code(file: Correct) -> Iterator[Breakage]:
    """No step has this key."""
    for _, code, match in _found(file, r"stepResults\.(\w+)"):
        yield broken(replace(_group(code, match, 1), misspelt(match[1])))


def misspell_a_step_in_a_pattern(file: Correct) -> Iterator[Breakage]:
    """No step has this key."""
    for _, code, match in _found(file, r"async \((?:\w+|\{[^}]*\}), \{ (\w+)"):
        yield broken(replace(_group(code, match, 1), misspelt(match[1])), at=(code.span,))


def rename_a_step_that_code_reads(file: Correct) -> Iterator[Breakage]:
    """Code goes by the key of a step, too."""
    for step, code, match in _found(file, r"stepResults\.(\w+)"):
        target = step.flow.look(step, match[1])[1]
        if target is not None:
            yield broken(replace(target.step.name_node, "Renamed Just Now"), at=(_group(code, match),))


def misspell_results_in_code(file: Correct) -> Iterator[Breakage]:
    """A step has nothing of this name."""
    for _, code, match in _found(file, r"stepResults\.\w+\.(results)"):
        yield broken(replace(_group(code, match, 1), "result"))


def leave_out_results_in_code(file: Correct) -> Iterator[Breakage]:
    """A step has `results`, which holds the rest."""
    for _, code, match in _found(file, r"stepResults\.\w+(\.results)\.\w"):
        yield broken(replace(_group(code, match, 1), ""))


def read_a_later_step_in_code(file: Correct) -> Iterator[Breakage]:
    """It has not run yet."""
    for step, code, match in _found(file, r"stepResults\.(\w+)\.results"):
        for other in step.flow.steps:
            if step.flow.look(step, other.step.ref)[0] is Sight.LATER:
                yield broken(replace(_group(code, match, 1), other.step.ref))
                break


def read_a_closed_step_in_code(file: Correct) -> Iterator[Breakage]:
    """Behind its loop or branch it has no result."""
    for step, code, match in _found(file, r"stepResults\.(\w+)\.results"):
        for other in step.flow.steps:
            if step.flow.look(step, other.step.ref)[0] is Sight.CLOSED:
                yield broken(replace(_group(code, match, 1), other.step.ref))
                break


def read_the_results_of_the_loop_around_in_code(file: Correct) -> Iterator[Breakage]:
    """A loop has results when it has ended."""
    for _, code, match in _found(file, r"stepResults\.\w+\.(currentItem)"):
        yield broken(replace(_group(code, match, 1), "results"))


def misspell_a_config_variable_in_code(file: Correct) -> Iterator[Breakage]:
    """No config variable has this key."""
    for _, code, match in _found(file, r'configVars\["([^"]+)"\]'):
        yield broken(replace(_group(code, match, 1), misspelt(match[1])))


def write_a_config_variable_as_a_name(file: Correct) -> Iterator[Breakage]:
    """Keys of config variables are exact: no key is written together."""
    for _, code, match in _found(file, r'configVars\["([^"]+ [^"]+)"\]'):
        name = match[1].replace(" ", "")
        yield broken(replace(_group(code, match), f"configVars.{name[0].lower()}{name[1:]}"))


def forget_to_wait_for_an_answer(file: Correct) -> Iterator[Breakage]:
    """Without `await` there is a promise, not its value."""
    for _, code, match in _found(file, r"await (?=fetch|\w+\.json)"):
        yield broken(replace(_group(code, match), ""))


def give_back_the_bare_value(file: Correct) -> Iterator[Breakage]:
    """The result of a step is the `data` of what the function gives back."""
    for _, code, match in _found(file, r"return \{ data: ([^{}]+) \};"):
        yield broken(replace(_group(code, match), f"return {match[1]};"), at=(code.span,))


def misspell_data(file: Correct) -> Iterator[Breakage]:
    """The result of a step is the `data` of what the function gives back."""
    for _, code, match in _found(file, r"return \{ (data):"):
        yield broken(replace(_group(code, match, 1), "dat"), at=(code.span,))


def forget_to_return(file: Correct) -> Iterator[Breakage]:
    """A function that returns nothing gives the step no result."""
    for _, code, match in _found(file, r"  return (?=\{ data)(?=.*\};\n?\};\s*\Z)"):
        if code.value.count("return ") == 1:
            yield broken(replace(_group(code, match), "  const answer = "), at=(code.span,))


def empty_the_code(file: Correct) -> Iterator[Breakage]:
    """There is nothing to run."""
    for _step, code in file.codes():
        yield broken(replace(code, "''"), at=(code.span,))


def misspell_the_module(file: Correct) -> Iterator[Breakage]:
    """There is no such name, so the code fails at once."""
    for _, code, match in _found(file, r"module(?=\.exports)"):
        yield broken(replace(_group(code, match), "modul"), at=(code.span,))
