"""Every kind of change by its own cases: reported once, with its grade and in its words."""

import itertools

import pytest

from xchange_cli.changes.compare import Side, compare
from xchange_cli.changes.comparison.delta import What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.kind import Case, ChangeKind
from xchange_cli.changes.table import kinds
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source

BASE = """\
definitionVersion: 7
name: Orders
description: Takes orders.
documentation: |
  # Orders
  Ask the shop for a key.
category: ERP
labels: [shop]
stableKey: shop-orders
defaultInstanceProfile: Default Instance Profile
endpointType: instance_specific
flowNameField: {type: reference, value: payload.results.headers.x-flow}
configPages:
  - {name: Start, elements: []}
  - name: Settings
    tagline: What to take
    elements:
      - {type: htmlElement, value: <p>Ask the shop.</p>}
      - {type: configVar, value: Page Size}
      - {type: configVar, value: Region}
      - {type: configVar, value: Note}
      - {type: configVar, value: Shop}
  - name: More
    elements:
      - {type: configVar, value: Chat}
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50', stableKey: page-size, description: Orders at once}
  - {key: Region, dataType: picklist, pickList: [EU, US, APAC], defaultValue: EU}
  - {key: Note, dataType: string, defaultValue: ''}
  - {key: Channels, dataType: string, collectionType: valuelist, defaultValue: '["a"]'}
  - {key: Hours, dataType: schedule, scheduleType: custom, timeZone: Europe/Berlin, defaultValue: 0 6 * * *}
  - {key: Mapping, dataType: code, codeLanguage: json, defaultValue: '{}'}
  - key: Channel
    dataType: picklist
    dataSource: {key: selectChannels, component: {key: slack, isPublic: true, version: LATEST}}
    inputs:
      connection: {type: configVar, value: Chat}
      limit: {type: value, value: '10'}
  - key: Shop
    dataType: connection
    onPremiseConnectionConfig: allowed
    connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
    inputs:
      apiKey: {type: value, value: 's3cr3t-of-the-shop'}
      headerKey: {type: value, value: X-Key}
  - key: Chat
    dataType: connection
    connection: {key: oauth2, component: {key: slack, isPublic: true, version: LATEST}}
    inputs:
      scopes: {type: value, value: 'chat:write'}
      clientSecret: {type: value, value: ''}
  - {key: Mail, dataType: connection, useScopedConfigVar: mail}
flows:
  - name: Nightly
    retryConfig: {maxAttempts: 3, delayMinutes: 5, usesExponentialBackoff: false}
    steps:
      - name: Every Night
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        inputs: {}
        schedule: {type: value, value: 0 2 * * *, meta: {scheduleType: custom, timeZone: ''}}
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: template, value: 'https://shop.test/orders?size={{#Page Size}}'}
      - name: Keep Time
        action: {key: saveInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: lastOrders}
          valueInput: {type: reference, value: getOrders.results}
  - name: Incoming
    isSynchronous: true
    endpointSecurityType: customer_optional
    steps:
      - name: Order
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs:
          statusCode: {type: value, value: '200'}
      - name: Price
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              module.exports = async ({ logger }, stepResults) => {
                const { quantity, price } = stepResults.order.results.body.data;
                return { data: quantity * price };
              };
      - name: Answer
        action: {key: createObject, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          keyValueInput:
            type: complex
            value:
              - {name: total, type: reference, value: price.results}
  - name: Deliver
    description: Sends goods.
    endpointSecurityType: organization
    organizationApiKeys: [first-key]
    queueConfig: {usesFifoQueue: true, concurrencyLimit: 3}
    triggerResolver: {enabled: true, batchSize: 200}
    stableKey: deliver
    schemas:
      invoke: {type: object, required: [id], properties: {id: {type: string}, size: {enum: [S, M]}, note: {type: string}}}
      result: {type: object, required: [state]}
    steps:
      - name: Goods
        stableKey: goods
        isTrigger: true
        action: {key: eventTopicWebhook, component: {key: shopify, isPublic: true, version: LATEST}}
        inputs:
          webhookTopic: {type: value, value: orders/create}
      - name: Each
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs:
          items: {type: reference, value: goods.results.body.data.lines}
        steps:
          - name: Tell
            description: Tells the depot.
            stableKey: tell
            action: {key: httpPost, component: {key: http, isPublic: true, version: 7}}
            inputs:
              url: {type: value, value: 'https://depot.test/goods'}
              connection: {type: configVar, value: Depot Access}
              data: {type: reference, value: each.currentItem}
              headers: {type: complex, value: [{name: Accept, type: value, value: json}]}
              timeout: {type: value, value: '700'}
              debugRequest: {type: value, value: 'true'}
            errorConfig: {errorHandlerType: retry, maxAttempts: 2, delaySeconds: 5}
          - name: Fetch
            action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
            inputs:
              url: {type: configVar, value: Note}
              responseType: {type: value, value: text}
              headers: {type: complex, value: [{name: X-Api-Key, type: value, value: 'k3y-0f-the-dep0t'}]}
            errorConfig: {errorHandlerType: ignore}
          - name: Leave
            action: {key: breakLoop, component: {key: loop, isPublic: true, version: LATEST}}
            inputs: {}
      - name: Which
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions:
            type: complex
            value:
              - {name: Large, type: complex, value: [and, [greaterThan, {type: reference, value: goods.results.body.data.size}, {type: value, value: '1000'}]]}
              - {name: Odd, type: complex, value: [and, [isTrue, {type: reference, value: goods.results.body.data.odd}]]}
        branches:
          - name: Large
            steps:
              - name: Put Away
                action: {key: putObject, component: {key: aws-s3, isPublic: true, version: LATEST}}
                inputs:
                  bucket: {type: value, value: goods}
                  objectKey: {type: template, value: 'large/{{$goods.results.body.data.id}}'}
          - name: Odd
            steps:
              - name: Say Odd
                action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
                inputs:
                  message: {type: value, value: odd goods}
          - {name: Else, steps: []}
      - name: Call Nightly
        action: {key: invokeFlow, component: {key: cross-flow, isPublic: true, version: LATEST}}
        inputs:
          flowName: {type: value, value: Nightly}
      - name: Ours
        action: {key: doIt, component: {key: our-own, isPublic: false, version: 4}}
        inputs:
          what: {type: value, value: everything}
"""
"""The integration that all cases change."""

CATALOG = Catalog.load()
CASES = [
    pytest.param(kind, case, id=f"{kind.id}-{n}") for kind in kinds() for n, case in enumerate(kind.cases)
]


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_a_case_is_reported_once_with_its_grade_and_in_its_words(kind: ChangeKind, case: Case):
    reported = [change for change in _changes(kind, case) if change.kind == kind.id]
    expected = (kind.grades[0] if case.grade is None else case.grade, case.message)
    assert [(change.grade, change.message) for change in reported] == [expected]
    assert not isinstance(kind.lines, bool) or bool(reported[0].lines) is kind.lines


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_a_change_has_a_fingerprint_and_a_place(kind: ChangeKind, case: Case):
    for change in _changes(kind, case):
        assert len(change.fingerprint) == 12
        assert change.old_span or change.new_span


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.id)
def test_a_kind_has_a_sentence_and_a_case_of_each_grade(kind: ChangeKind):
    assert kind.sentence.endswith(".")
    assert {kind.grades[0] if case.grade is None else case.grade for case in kind.cases} == set(kind.grades)


def test_no_two_kinds_have_the_same_id():
    ids = [kind.id for kind in kinds()]
    assert sorted(set(ids)) == sorted(ids)


def test_there_are_a_hundred_kinds():
    assert len(kinds()) >= 100


def test_nothing_is_left_out_of_the_table():
    """The last row about each sort of difference asks for nothing."""
    no_condition = ChangeKind._field_defaults["when"]
    covered = {
        (what, part) for kind in kinds() if kind.when is no_condition for what, part, at in kind.on if not at
    }
    unordered = {PartKind.INTEGRATION, PartKind.CONFIG_VAR, PartKind.FLOW}
    sorts = set(itertools.product(What, PartKind)) - {(What.MOVED, part) for part in unordered}
    assert sorts - covered == set()


def _changes(kind: ChangeKind, case: Case):
    old, new = _side("old.yml", case.before), _side("new.yml", case.edits)
    happened = {what for what, part, _ in kind.on if part is PartKind.INTEGRATION}
    whole = (
        None if What.ADDED in happened else old,
        None if What.REMOVED in happened else new,
    )
    return compare(*whole, CATALOG, "orders", case.move).changes


def _side(name: str, edits: tuple[tuple[str, str], ...]) -> Side:
    text = BASE
    for before, after in edits:
        assert text.count(before) == 1, f"stands {text.count(before)} times in the base: {before}"
        text = text.replace(before, after)
    return Side(name, build(parse(Source(name, text)).root))
