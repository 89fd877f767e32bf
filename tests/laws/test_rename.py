"""What holds for every renaming, whatever gets which name."""

from collections import Counter
from pathlib import Path

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from xchange_cli.components.catalog import Catalog
from xchange_cli.document.edit import apply
from xchange_cli.errors import XchangeError
from xchange_cli.expression.step_names import step_ref
from xchange_cli.project.integration_file import opened
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target
from xchange_cli.renaming.kind import Kind
from xchange_cli.renaming.rename import rename
from xchange_cli.renaming.subject import Request
from xchange_cli.source import Source
from xchange_cli.validation.validate import validate

NOWHERE = Path("/nowhere")
FILE = """\
# One of each
definitionVersion: 7
name: "Orders \\u00e9 🎉"
description: ''
requiredConfigVars:
  - key: 'Page Size'
    dataType: string   # a text
    defaultValue: "5"
  - {key: Run At, dataType: schedule, scheduleType: custom, defaultValue: 0 3 * * *}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Page Size}  # first
      - {type: configVar, value: 'Run At'}
flows:
  - name: Take Orders
    isSynchronous: true
    steps:
      - name: Order Received
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Check Size
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
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
            steps: []
          - name: Else
            steps: []
      - name: Each
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: "orderReceived\\x2eresults.body.data.lines"}
        steps:
          - name: Sum Up
            action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
            inputs:
              code:
                type: value
                value: |
                  module.exports = async ({ configVars, webhookUrls }, stepResults) => {
                    const { currentItem } = stepResults.each;
                    return { data: [currentItem, configVars["Page Size"], webhookUrls["Every Night"]] };
                  };
      - name: Tell
        action: {key: createObject, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          keyValueInput:
            type: complex
            value:
              - name: message
                type: template
                value: >-
                  {{#Page Size}} of {{$orderReceived.results.body.data.name}}
                  in {{$checkSize.results}}: {{$orderReceived.results.webhookUrls.Every Night}}
              - {name: all, type: reference, value: each.results}
  - name: Every Night
    isSynchronous: false
    steps:
      - name: Clock
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: configVar, value: Run At, meta: {scheduleType: custom, timeZone: ''}}
        inputs: {}
      - name: Each
        action: {key: invokeFlow, component: {key: cross-flow, isPublic: true, version: LATEST}}
        inputs:
          flowName: {type: value, value: Take Orders}
          data: {type: configVar, value: Page Size}
"""
THINGS = [
    (Kind.FLOW, "Take Orders", ""),
    (Kind.FLOW, "Every Night", ""),
    (Kind.CONFIG_VAR, "Page Size", ""),
    (Kind.CONFIG_VAR, "Run At", ""),
    (Kind.STEP, "Order Received", "Take Orders"),
    (Kind.STEP, "Check Size", "Take Orders"),
    (Kind.STEP, "Each", "Take Orders"),
    (Kind.STEP, "Sum Up", "Take Orders"),
    (Kind.STEP, "Each", "Every Night"),
]
ANY_NAME = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(
    "ab2 .:#'\"[]{}$-,&*!|>%@`?\\é🎉", max_size=8
)
PLAIN = st.from_regex(r"[A-Za-z]{1,8}( [A-Za-z0-9]{1,6}){0,2}", fullmatch=True)


def opened_text(text):
    return opened(Target("x.yml", "x", NOWHERE / "x.yml"), Source("x.yml", text))


def renamed(text, thing, new):
    kind, old, flow = thing
    return rename(Project(NOWHERE), opened_text(text), Request(kind, old, new, flow), NOWHERE)


def after(found, text):
    return found.files[0].after if found.files else text


@given(st.sampled_from(THINGS), ANY_NAME)
@example(THINGS[0], "- x")
@example(THINGS[1], "a.b]'\"")
@example(THINGS[1], '2.0 "x"')
@example(THINGS[2], "<<")
@example(THINGS[2], "a: #b")
@example(THINGS[2], "x" * 300)
@example(THINGS[4], "null")
@settings(max_examples=150, deadline=None)
def test_any_name_is_refused_or_changes_nothing_but_the_name(thing, new):
    try:
        found = renamed(FILE, thing, new)
    except XchangeError:
        return
    assume(found.files)
    made = found.files[0]
    assert apply(made.source, made.places) == made.after
    before, now = (Counter((one.rule, one.severity) for one in judged(text)) for text in (FILE, made.after))
    assert {rule for rule, _ in now - before} <= {"unsure-step-name"}
    assert before - now == Counter()


def judged(text):
    return validate(Source("x.yml", text), Catalog.load()).diagnostics


@given(st.sampled_from(THINGS), PLAIN)
@settings(max_examples=60, deadline=None)
def test_only_the_name_and_what_references_make_of_it_change(thing, word):
    kind, old, _ = thing
    new = f"Zq{word}"
    text = renamed(FILE, thing, new).files[0].after
    assert text.count(new) > 0
    text = text.replace(new, old)
    if kind is Kind.STEP:
        text = text.replace(step_ref(new), step_ref(old))
    assert text == FILE


@given(st.sampled_from(THINGS), PLAIN)
@settings(max_examples=80, deadline=None)
def test_the_old_name_given_back_gives_the_old_bytes(thing, new):
    kind, old, flow = thing
    try:
        there = after(renamed(FILE, thing, new), FILE)
    except XchangeError:
        assume(False)
    assert after(renamed(there, (kind, new, flow), old), there) == FILE
