"""What `validate` found, as JUnit XML: a suite for each file, a test for each rule that found something in it.

A test fails with findings at or above the fail level; milder ones are its output. A file without findings has one
test, which passes.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.formats.words import count
from xchange_cli.validation.result import UNREADABLE_FILE, ValidationResult

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""


def render(result: ValidationResult, out: TextIO) -> None:
    root = Element("testsuites", {"name": "xchange validate", "time": f"{result.seconds:.3f}"})
    for file, found in _by_file(result).items():
        _add_suite(root, file, found, result)
    root.attrib |= {key: str(_total(root, key)) for key in ("tests", "failures", "errors")}
    indent(root)
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n')


def _by_file(result: ValidationResult) -> Mapping[str, list[Diagnostic]]:
    """Give the findings of each file that was checked; other files come first, as their findings do."""
    found = result.diagnostics
    by_file: dict[str, list[Diagnostic]] = {one.span.source.name: [] for one in found}
    by_file |= {name: [] for name in result.names}
    for one in found:
        by_file[one.span.source.name].append(one)
    return by_file


def _add_suite(root: Element, file: str, found: list[Diagnostic], result: ValidationResult) -> None:
    suite = SubElement(root, "testsuite", {"name": _showable(file)})
    by_rule = sorted(found, key=lambda one: one.rule)
    for rule, ones in groupby(by_rule, lambda one: one.rule):
        _add_test(suite, file, rule, list(ones), result)
    if not found:
        SubElement(suite, "testcase", _names(file, "no findings"))
    suite.attrib |= {
        "tests": str(len(suite)),
        "failures": str(len(suite.findall("*/failure"))),
        "errors": str(len(suite.findall("*/error"))),
    }


def _add_test(
    suite: Element, file: str, rule: str, found: list[Diagnostic], result: ValidationResult
) -> None:
    test = SubElement(suite, "testcase", _names(file, rule))
    limit = result.fail_on.rank
    failing = [one for one in found if one.severity.rank <= limit]
    mild = [one for one in found if one.severity.rank > limit]
    if failing:
        first = failing[0].message
        others = f" (and {count(len(failing) - 1, 'other finding')})" if len(failing) > 1 else ""
        kind = "error" if rule == UNREADABLE_FILE else "failure"
        attributes = {"message": _showable(f"{first}{others}"), "type": failing[0].severity.value}
        SubElement(test, kind, attributes).text = _told(failing)
    if mild:
        SubElement(test, "system-out").text = _told(mild)


def _names(file: str, name: str) -> dict[str, str]:
    return {"classname": _showable(file), "name": name, "file": _showable(file)}


def _told(found: list[Diagnostic]) -> str:
    return _showable("\n".join(line for one in found for line in _lines(one)))


def _lines(found: Diagnostic) -> Iterator[str]:
    yield f"{found.span.place}: {found.severity}: {found.message}"
    if found.hint:
        yield f"  hint: {found.hint}"
    for related in found.related:
        yield f"  {related.span.place}: {related.message}"


def _showable(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _total(root: Element, key: str) -> int:
    return sum(int(suite.attrib[key]) for suite in root)
