"""What holds for fixes, whatever file they mend."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Severity
from xchange_cli.document.edit import apply, encode
from xchange_cli.document.parse import parse
from xchange_cli.project.targets import Target
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete, observed
from xchange_cli.validation.checker import Checker
from xchange_cli.validation.fix_choice import choose, fix_of
from xchange_cli.validation.fixes import is_spelling
from xchange_cli.validation.fixing import Fixer
from xchange_cli.validation.rule import rules

CHECKER = Checker(Catalog.load(), {})
TARGET = Target("<stdin>", "", None)

FILE = """\
# about this file
definitionVersion: 7
name: "Orders \\u00e9 🎉"  # its name
description: ''

requiredConfigVars:
  # the greeting
  - key: 'Greeting'
    dataType: string   # a text
    defaultValue: "Hello"
  - &zone
    key: Run At
    dataType: schedule
    scheduleType: custom
    timeZone: Europe/Berlin
    defaultValue: 0 3 * * *
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Greeting}  # first
      - {type: configVar, value: 'Run At'}
flows:
  - name: Intake
    isSynchronous: false
    steps:
      - name: Order Received
        isTrigger: true
        action: &hook {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Check Size
        action:
          key: branchOnExpression
          component: {key: branch, isPublic: true, version: LATEST}
        inputs:
          conditions:
            type: complex
            value:
              - name: Large
                type: complex
                value:
                  - and
                  - [greaterThan, {type: reference, value: orderReceived.results.body.data.size}, {name: '', type: value, value: '10'}]
        branches:
          - name: Large
            steps:
              - name: Note
                action: &log {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
                inputs:
                  message:
                    type: template  # with places
                    value: >-
                      {{#Greeting}} to
                      {{$orderReceived.results.body.data.name}}
                  level: {type: value, value: &level 'info'}
          - {name: Else, steps: []}
      - name: Note Again
        action: *log
        inputs:
          message: {type: "template", value: "{{#Greeting}}, {{$orderReceived.results.body.data}}"}
          level: {type: value, value: *level}
"""

BREAKS = (
    (r"\{\{([#$])([^}]+)\}\}", r"{{ \1\2 }}"),
    (r"\{\{([#$])([^}]+)\}\}", r"{{\1 \2}}"),
    (r"value: '10'", "value: 10"),
    (r"value: '10'", "value: &ten 10"),
    (r"value: '10'", "value: 1.50"),
    (r"value: '10'", "value: true # sure"),
    (r"value: '10'", "value:"),
    (r"LATEST", "latest"),
    (r"LATEST", "'Latest'"),
    (r"type: (value|reference|configVar)", r"type: \1s"),
    (r"type: template", "type: Template"),
    (r"greaterThan", "GreaterThan"),
    (r"greaterThan", "'>='"),
    (r"Europe/Berlin", "europe/berlin"),
    (r"Europe/Berlin", '"Europe/Berln"'),
    (r"description: ''\n", ""),
    (r"description: ''\n", "description: ''\ndescription: ''\n"),
    (r"description: ''\n", "description: 12\n"),
    (r"description: ''\n", "Description: ''\n"),
    (r"isSynchronous: false", "isSynchronous: 'no'  # later"),
    (r"isSynchronous: false", "isSynchronous: false\n    isSynchronous: false"),
    (r"isTrigger: true", "isTrigger: 'true'"),
    (r" +isTrigger: true\n", ""),
    (r"orderReceived", "orderRecieved"),
    (r"orderReceived\.results", "orderReceived.result"),
    (r"orderReceived\.results\.", "orderReceived."),
    (r"value: Greeting", "value: Greetings"),
    (r"#Greeting", "#greeting"),
    (r"webhook,", "webhok,"),
    (r"key: log,", "key: Log,"),
    (r"isPublic: true", "isPublic: false"),
    (r"isPublic: true", "isPublic: true, isPublic: true"),
    (r"message:", "mesage:"),
    (r"name: Else", "name: Elsa"),
    (r"steps:\n", "stepss:\n"),
    (r"- name: (Note|Large)", r"- nme: \1"),
    (r"\{type: configVar, value: 'Run At'\}", "{type: configVar, value: Greeting}"),
    (r"        inputs: \{\}\n", "        inputs: {}\n        schedule: {type: value, value: 0 3 * * *}\n"),
    (r'"\{\{#Greeting\}\}, [^"]+"', "{{#Greeting}}"),
    (r"version: LATEST\}\}", r"version: LATEST}}  # xchange: ignore[not-text]"),
    (r"- \{name: Else, steps: \[\]\}", "- {Name: Else, steps: []}\n          - *log"),
)
"""What people and careless programs do to a file: a pattern, and what takes the place of one of its matches."""

CASES = [complete(case) for rule in rules() for case in rule.invalid]
WITH_FIXES = sorted(
    {
        (found.rule, fix.safe)
        for case in CASES
        for found in CHECKER.check_source(TARGET, Source("<stdin>", case)).diagnostics
        for fix in found.fixes
    }
)


def broken(text, pattern, replacement, number):
    """Break the text at one match of the pattern; it stays as it is where there is none."""
    matches = list(re.finditer(pattern, text))
    if not matches:
        return text
    match = matches[number % len(matches)]
    return text[: match.start()] + match.expand(replacement) + text[match.end() :]


@st.composite
def texts(draw):
    if draw(st.integers(0, 4)) == 0:
        text = draw(st.sampled_from(CASES))
    else:
        text = FILE
        for _ in range(draw(st.integers(1, 6))):
            pattern, replacement = draw(st.sampled_from(BREAKS))
            text = broken(text, pattern, replacement, draw(st.integers(0, 20)))
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


sources = st.builds(
    lambda text, encoding: Source.decode("<stdin>", text.encode(encoding)),
    texts(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
)
each = settings(max_examples=150, deadline=None)


def findings(source):
    return CHECKER.check_source(TARGET, source).diagnostics


def with_text(source, text):
    return Source("<stdin>", text, encoding=source.encoding, has_bom=source.has_bom)


def fixed(source, *, unsafe):
    checker = Checker(Catalog.load(), {}, encode(source, source.text))
    return Fixer(checker, unsafe=unsafe).check(TARGET)


def errors(found):
    return [one for one in found if one.severity is Severity.ERROR]


@each
@given(sources, st.booleans())
def test_edits_leave_every_byte_outside_of_them_as_it_was(source, unsafe):
    chosen = choose(findings(source), unsafe=unsafe)
    edits = sorted((edit for one in chosen for edit in one.fix.edits), key=lambda edit: edit.span.start)
    assert all(one.span.end <= other.span.start for one, other in pairwise(edits))
    mark = b"" if not source.has_bom else "\ufeff".encode(source.encoding)
    wanted, done = mark, 0
    for edit in edits:
        wanted += source.text[done : edit.span.start].encode(source.encoding)
        wanted += edit.text.encode(source.encoding)
        done = edit.span.end
    wanted += source.text[done:].encode(source.encoding)
    assert encode(source, apply(source, edits)) == wanted


@each
@given(sources, st.booleans())
def test_comments_and_line_ends_stay(source, unsafe):
    result = fixed(source, unsafe=unsafe)
    if result.fix is not None:
        old, new = source.text, result.fix.text
        comment = r"(?<!\S)# (?!Greeting|xchange: ignore)[^\r\n]*"
        assert re.findall(comment, new) == re.findall(comment, old)
        assert set(re.findall(r"\r\n|\r|\n", new)) <= (set(re.findall(r"\r\n|\r|\n", old)) or {"\n"})


@each
@given(sources, st.booleans())
def test_fixing_twice_changes_nothing_more(source, unsafe):
    result = fixed(source, unsafe=unsafe)
    text = source.text if result.fix is None else result.fix.text
    again = fixed(with_text(source, text), unsafe=unsafe)
    assert again.fix is None
    assert [observed(found) for found in again.diagnostics] == [
        observed(found) for found in result.diagnostics
    ]


@each
@given(sources, st.booleans())
def test_a_fix_never_adds_an_error(source, unsafe):
    before, result = findings(source), fixed(source, unsafe=unsafe)
    hidden = any(found.rule == "yaml-syntax" for found in before)
    assert hidden or len(errors(result.diagnostics)) <= len(errors(before))


def leaves(data, path=()):
    """Give all that data hold, by path; an entry of a mapping goes by its key."""
    if isinstance(data, dict):
        yield path, dict
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        yield path, list
        for index, value in enumerate(data):
            yield from leaves(value, (*path, index))
    else:
        yield path, data


def changes(old, new):
    """Give what differs as (path, old, new); None stands for what is not there."""
    before, after = dict(leaves(old)), dict(leaves(new))
    return [
        (path, before.get(path), after.get(path))
        for path in sorted({*before, *after}, key=str)
        if json.dumps(before.get(path), default=str) != json.dumps(after.get(path), default=str)
    ]


def tight(text):
    return re.sub(r"\{\{\s*([#$])\s*([^}]*?)\s*\}\}", r"{{\1\2}}", text)


def tighter(old, new):
    return isinstance(old, str) and tight(new) == tight(old) and len(new) < len(old)


def same_value(old, new):
    return isinstance(old, str) and is_spelling(old, new)


def as_text(old, new):
    return isinstance(new, str) and not isinstance(old, str) and new.casefold() == json.dumps(old)


def of_another_type(old, new):
    words = {"yes": "true", "on": "true", "no": "false", "off": "false"}
    if isinstance(old, str):
        return words.get(old.casefold(), old) == json.dumps(new)
    return isinstance(new, str) and parse(Source("value", f"value: {new}")).data == {"value": old}


MEANS = {
    "template-blanks": tighter,
    "not-text": as_text,
    "wrong-type": of_another_type,
    "wrong-value": same_value,
    "unknown-time-zone": same_value,
    "condition-operator": same_value,
}
"""How a safe fix may change one value, by rule."""

RENAMES = {"missing-key", "deprecated"}
"""Rules whose safe fixes give a key its right name, or add one with an empty text; the values stay."""

SAYS_THE_SAME = {"duplicate-key", "unused-ignore", "bad-ignore"}
"""Rules whose safe fixes change no data at all."""


def test_each_rule_with_a_safe_fix_says_what_it_may_change():
    safe = {rule for rule, is_safe in WITH_FIXES if is_safe}
    assert safe <= {*MEANS, *RENAMES, *SAYS_THE_SAME}


def test_at_least_twelve_rules_have_fixes():
    assert len({rule for rule, _ in WITH_FIXES}) >= 12


@each
@example(Source("<stdin>", FILE.replace("description: ''\n", "")))
@given(sources)
def test_a_safe_fix_changes_the_data_only_as_its_rule_means_to(source):
    can_be_read = parse(source).root is not None
    for found in findings(source) if can_be_read else ():
        fix = fix_of(found, unsafe=False)
        if fix is None:
            continue
        new = parse(Source("<stdin>", apply(source, fix.edits)))
        assert new.root is not None
        changed = changes(parse(source).data, new.data)
        if found.rule in MEANS:
            assert all(MEANS[found.rule](old, now) for _, old, now in changed)
            assert changed or found.message.endswith("for some programs")  # it reads as text here already
        elif found.rule in RENAMES:
            assert key_changes_only(changed)
        else:
            assert (found.rule in SAYS_THE_SAME, changed) == (True, [])


def key_changes_only(changed):
    gone = sorted(json.dumps(old, default=str) for _, old, _ in changed if old is not None)
    come = sorted(json.dumps(new, default=str) for _, _, new in changed if new is not None)
    return gone == come or (gone, come) == ([], ['""'])


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_the_cases_of_the_rules_can_be_fixed_without_new_errors(case):
    source = Source("<stdin>", case)
    result = fixed(source, unsafe=True)
    hidden = any(found.rule == "yaml-syntax" for found in findings(source))
    assert hidden or len(errors(result.diagnostics)) <= len(errors(findings(source)))
