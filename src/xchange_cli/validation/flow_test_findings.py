"""What is wrong with flow tests beside an integration."""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.node import Mapping
from xchange_cli.document.parse import Document, parse
from xchange_cli.model.integration import Integration
from xchange_cli.project.beside import TEST_SUFFIXES, TESTS
from xchange_cli.source import Source
from xchange_cli.validation import flow_tests
from xchange_cli.validation.file_findings import report
from xchange_cli.validation.finish import finish
from xchange_cli.validation.flow_test_names import expected, file_names, flow_name, mocked, variables
from xchange_cli.validation.flow_test_sense import contradictions
from xchange_cli.validation.flow_tests import FlowTest, chosen_flows
from xchange_cli.validation.kind import Beside
from xchange_cli.validation.matchers import bad_matchers
from xchange_cli.validation.own_specs import own_findings
from xchange_cli.validation.settled import settled

SCHEMA = "flow-test"


def flow_test_findings(file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what is wrong with a file of tests.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    document = parse(beside.read(file))
    name = f"{beside.key} {TESTS}/{file.name}"
    wrong = _misnamed(file, document.source)
    found = (wrong,) if wrong else (*own_findings(document, SCHEMA), *_findings(document, beside))
    finished = dict.fromkeys(finish(one, document, name) for one in found)
    yield from (one._replace(integration=beside.key) for one in settled(document, finished, name))


def _misnamed(file: Path, source: Source) -> Diagnostic | None:
    if file.name.endswith(TEST_SUFFIXES):
        return None
    return report(
        "misnamed-test",
        f"this file is no flow test by its name, so nothing in it is checked or run: {file.name}",
        source.span(0, len(source.line(1))),
        hint=f"Call it {file.stem}.test{file.suffix}, or keep it elsewhere.",
        subject=file.name,
    )


def _findings(document: Document, beside: Beside) -> Iterator[Diagnostic]:
    root = document.root
    if not isinstance(root, Mapping):
        return
    tests = list(flow_tests.flow_tests(root))
    yield from _without_tests(root)
    for part in (root, *(test.own for test in tests)):
        yield from file_names(part, beside)
    for test in tests:
        yield from bad_matchers(test.expected)
    integration = beside.model()
    if integration is None:
        for test in tests:
            yield from contradictions(test, None)
    else:
        yield from _against(integration, root, tests, beside)


def _without_tests(root: Mapping) -> Iterator[Diagnostic]:
    tests = root.mapping("tests")
    if tests is not None and not tests.entries:
        hint = "Write a test by its name: `takes an order: {payload: order}`."
        yield Diagnostic("empty", Severity.ERROR, "`tests` must not be empty", tests.span, hint=hint)


def _against(
    integration: Integration, root: Mapping, tests: list[FlowTest], beside: Beside
) -> Iterator[Diagnostic]:
    choices = [chosen_flows(test, integration) for test in tests]
    for part in (root, *(test.own for test in tests)):
        yield from flow_name(part, integration)
        yield from variables(part, beside, integration)
    flows = tuple({flow.name: flow for choice in choices for flow in choice.flows}.values())
    if flows:
        yield from mocked(root, integration, flows)
    for test, choice in zip(tests, choices, strict=True):
        yield from contradictions(test, choice)
        if choice.flows:
            yield from mocked(test.own, integration, choice.flows)
        if choice.flows and test.expected is not None:
            yield from expected(test.expected, integration, choice.flows)
