"""An integration with one of each, and what differs between it and others in words."""

from xchange_cli.changes.comparison.comparison import compare_parts
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source

CATALOG = Catalog.load()
FILE = """\
definitionVersion: 7
name: Orders
description: Takes orders
labels: [shop, erp]
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50'}
  - {key: Folder, dataType: string, description: Where files go}
  - {key: Tags, dataType: string, collectionType: valuelist, defaultValue: '["a", "b"]'}
  - key: Shop
    dataType: connection
    connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
    inputs:
      apiKey: {type: value, value: ''}
configPages:
  - name: Settings
    elements:
      - {type: configVar, value: Page Size}
      - {type: htmlElement, value: <b>Where to</b>}
      - {type: configVar, value: Folder}
  - name: More
    tagline: ''
    elements:
      - {type: configVar, value: Shop}
flows:
  - name: Incoming
    isSynchronous: true
    steps:
      - name: Order
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs:
          statusCode: {type: value, value: '200'}
      - name: Check
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - {name: Large, type: complex, value: [and, [greaterThan, {type: reference, value: order.results.size}, {type: value, value: '9'}]]}
        branches:
          - name: Large
            steps:
              - name: Tell Boss
                action: {key: httpPost, component: {key: http, isPublic: true, version: LATEST}}
                inputs:
                  url: {type: value, value: 'https://boss.test/large'}
                  headers:
                    type: complex
                    value:
                      - {name: Accept, type: value, value: json}
                      - {name: X-From, type: configVar, value: Folder}
          - name: Else
            steps: []
      - name: Lines
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: order.results.lines}
        steps:
          - name: Sum
            action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
            inputs:
              code:
                type: value
                value: |
                  module.exports = async ({ configVars }, stepResults) => {
                    return { data: stepResults.lines.currentItem.price * configVars["Page Size"] };
                  };
          - name: Store
            action: {key: saveInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
            inputs:
              keyInput: {type: value, value: sum}
              valueInput: {type: reference, value: sum.results}
      - name: Answer
        action: {key: createObject, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          keyValueInput:
            type: complex
            value:
              - {name: lines, type: reference, value: lines.results}
              - {name: size, type: template, value: '{{#Page Size}} of {{$order.results.size}}'}
  - name: Nightly
    steps:
      - name: Clock
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 2 * * *, meta: {scheduleType: custom, timeZone: ''}}
        inputs: {}
      - name: Call
        action: {key: invokeFlow, component: {key: cross-flow, isPublic: true, version: LATEST}}
        inputs:
          flowName: {type: value, value: Incoming}
"""
SUM = FILE[FILE.index("          - name: Sum") : FILE.index("          - name: Store")]
STORE = FILE[FILE.index("          - name: Store") : FILE.index("      - name: Answer")]
LINES = FILE[FILE.index("      - name: Lines") : FILE.index("      - name: Answer")]
ANSWER = FILE[FILE.index("      - name: Answer") : FILE.index("  - name: Nightly")]
CALL = FILE[FILE.index("      - name: Call") :]


def edited(*edits, text=FILE):
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    return text


def integration(text):
    return build(parse(Source("x.yml", text)).root)


def compared(old, new):
    return compare_parts(integration(old), integration(new), CATALOG)


def told(old, new):
    """Say what differs: what happened, to what, where, and what is said by whom it follows."""
    return [line(delta) for delta in compared(old, new).deltas]


def line(delta):
    words = [delta.what.value, delta.part.name or delta.kind.value, *delta.address]
    if delta.what.value == "renamed":
        words += ["from", delta.old.name, f"({delta.follows})"]
    if delta.what.value in {"added", "moved"}:
        words += ["behind", delta.behind.name or delta.behind.kind.value] if delta.behind else ["first"]
    return " ".join(words)


def moved(text, part, *, behind):
    return edited((part, ""), (behind, behind + part), text=text)
