"""What follows from another change is not told again, and what means the same is not told at all."""

import io

import pytest

from xchange_cli.changes.compare import Side, compare
from xchange_cli.changes.verdict import verdict
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.formats.change_tree import tree
from xchange_cli.formats.style import Style
from xchange_cli.model.build import build
from xchange_cli.source import Source

CATALOG = Catalog.load()
BASE = """\
definitionVersion: 7
name: Orders
endpointType: instance_specific
requiredConfigVars:
  - key: Shop
    dataType: connection
    connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
    inputs:
      apiKey: {type: value, value: 'k3y-0f-the-sh0p'}
  - key: Channel
    dataType: picklist
    dataSource: {key: selectChannels, component: {key: slack, isPublic: true, version: LATEST}}
    inputs:
      limit: {type: value, value: '10'}
flows:
  - name: Intake
    isSynchronous: true
    steps:
      - name: Order
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs:
          body: {type: value, value: thanks}
          headers: {type: complex, value: []}
      - name: Send
        action: {key: httpPost, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: 'https://depot.test/orders'}
          data: {type: reference, value: order.results.body.data}
          headers: {type: complex, value: []}
      - name: Again
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: 'https://depot.test/again'}
      - name: Answer
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: 'https://depot.test/answer'}
"""
BY_SCHEDULE = "{key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}"
WEBHOOK = "{key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}"


def test_inputs_that_only_one_of_two_triggers_has_are_not_told():
    edits = ((WEBHOOK, BY_SCHEDULE), ("          body: {type: value, value: thanks}\n", ""))
    assert kinds(*edits) == ["trigger-kind-changed"]


def test_inputs_that_only_one_of_two_kinds_of_connection_has_are_not_told():
    edits = (("{key: apiKey,", "{key: basic,"), ("apiKey: {type: value", "username: {type: value"))
    assert kinds(*edits) == ["connection-type-changed"]


def test_inputs_of_a_data_source_that_is_gone_are_not_told():
    source = (
        "    dataSource: {key: selectChannels, component: {key: slack, isPublic: true, version: LATEST}}\n"
    )
    inputs = "    inputs:\n      limit: {type: value, value: '10'}\n"
    assert kinds((source, ""), (inputs, "")) == ["config-var-data-source-removed"]


def test_a_connection_that_is_shared_now_needs_no_component():
    whole = BASE[BASE.index("    connection: {") : BASE.index("  - key: Channel")]
    assert kinds((whole, "    useScopedConfigVar: shop\n")) == ["scoped-connection-changed"]


def test_what_both_components_take_is_compared():
    edits = (("{key: httpPost, component: {key: http,", "{key: httpPost, component: {key: customHttp,"),)
    assert kinds(*edits, ("depot.test/orders", "depot.test/parcels")) == [
        *("component-changed", "destination-changed"),
    ]


def test_a_list_without_entries_says_nothing():
    assert kinds(("          headers: {type: complex, value: []}\n", "")) == []


def test_a_field_of_routing_without_a_value_says_nothing():
    edit = ("requiredConfigVars:", "flowNameField: {type: value, value: ''}\nrequiredConfigVars:")
    assert kinds(edit) == []


def test_a_renamed_flow_is_told_of_by_the_name_that_its_callers_know():
    found = changes(("name: Intake", "name: Take In"), ("isSynchronous: true", "isSynchronous: false"))
    assert [(one.kind, one.flow, one.subject) for one in found.changes] == [
        ("flow-renamed", "Take In", "Intake"),
        ("synchronous-changed", "Take In", "Intake"),
    ]
    assert [subjects for _, subjects in verdict(found).concerns] == [("Intake",)]


def test_what_is_gone_from_a_renamed_flow_is_told_below_its_new_name():
    again = BASE[BASE.index("      - name: Again") : BASE.index("      - name: Answer")]
    found = changes(("name: Intake", "name: Take In"), (again, ""))
    assert [(one.kind, one.flow) for one in found.changes] == [
        ("flow-renamed", "Take In"),
        ("step-removed", "Take In"),
    ]


def test_one_version_of_a_component_in_many_steps_is_told_once():
    found = changes(pinned=True)
    prints = [one.fingerprint for one in found.changes]
    assert told(found) == [
        *("several steps", "  risky     version of the component http: LATEST → 12"),
        f"            {prints[0]} new.yml:26:81 `Send`",
        f"            {prints[1]} new.yml:32:80 `Again`",
        f"            {prints[2]} new.yml:36:80 `Answer`",
        "            component-version-pinned",
        "            It no longer follows the newest version.",
    ]


@pytest.mark.parametrize(("end", "rows"), [("", 2), (" and so on" * 40, 4)])
def test_long_lines_are_shown_up_to_what_differs(end, rows):
    words = "thanks for what you have ordered which will be with you before the week has come to its "
    found = changes(
        ("value: thanks", f"value: {words}end{end}"),
        before=(("value: thanks", f"value: {words}middle{end}"),),
    )
    lines = told(found)
    shown = [line.strip() for line in lines]
    assert any("middle" in line for line in shown)
    assert any(line.endswith("end") or "end and so on" in line for line in shown)
    assert max(map(len, lines)) <= 80
    assert len([line for line in lines if line.startswith(" " * 14)]) <= 2 * rows


def kinds(*edits: tuple[str, str]) -> list[str]:
    return [change.kind for change in changes(*edits).changes]


def changes(*edits, before=(), pinned=False):
    if pinned:
        http = "component: {key: http, isPublic: true, version: LATEST}}\n        inputs"
        new = BASE.replace(http, http.replace("LATEST", "12"))
        return compare(side("old.yml", BASE), side("new.yml", new), CATALOG, "orders")
    return compare(side("old.yml", edited(before)), side("new.yml", edited(edits)), CATALOG, "orders")


def edited(edits) -> str:
    text = BASE
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return text


def side(name: str, text: str) -> Side:
    return Side(name, build(parse(Source(name, text)).root))


def told(found) -> list[str]:
    return list(tree(found.changes, Style.of(io.StringIO())))
