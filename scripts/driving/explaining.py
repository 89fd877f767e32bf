"""Why a flow did not come to its end, and whether its file explains that."""

from collections.abc import Iterator
from dataclasses import dataclass

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.engine.events import Failure
from xchange_cli.expression.step_names import step_ref
from xchange_cli.runs.load import Loaded
from xchange_cli.source import Span
from xchange_cli.validation.report import Report


@dataclass(frozen=True, slots=True)
class Failing:
    """`explained` says what in the file leads to the failure; empty where nothing does."""

    has_started: bool
    where: str
    message: str
    explained: str = ""


def not_started(finding: Diagnostic, report: Report) -> Failing:
    """Tell of a run that a finding keeps from starting; those about the config set are not the file's."""
    is_of_file = finding in report.diagnostics
    return Failing(False, str(finding.span.place), finding.message, _words(finding) if is_of_file else "")


def failure_in(failure: Failure, flow: str, loaded: Loaded) -> Failing:
    """Tell of a run that failed in a step of a flow."""
    where = str(failure.span.place) if failure.span else flow
    explained = next(_explanations(failure, flow, loaded.report), "")
    return Failing(True, where, failure.message, explained)


def _explanations(failure: Failure, flow: str, report: Report) -> Iterator[str]:
    for found in report.diagnostics:
        if found.flow == flow and step_ref(found.step) == failure.ref:
            yield _words(found)
    if failure.kind == "node-missing":
        yield "its code needs Node.js"
    if failure.span is not None and "throw " in _line(failure.span):
        yield "its code throws"


def _line(span: Span) -> str:
    return span.source.line(span.place.line)


def _words(finding: Diagnostic) -> str:
    return f"{finding.rule}: {finding.message}"
