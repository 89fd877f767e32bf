"""The text of an integration in which some parts have other names."""

from xchange_cli.changes.comparison.names import with_names
from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source

CATALOG = Catalog.load()
FILE = """\
name: Orders  # sold
requiredConfigVars:
  - {key: Size, dataType: number}
configPages:
  - {name: Settings, elements: [{type: configVar, value: Size}, {type: htmlElement, value: Size}]}
flows:
  - name: Incoming
    steps:
      - name: Order
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
      - name: Check
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs:
          conditions: {type: complex, value: [{name: Large, type: complex, value: [and]}]}
          headers: {type: complex, value: [{name: Large, type: value, value: x}]}
        branches:
          - {name: Large, steps: []}
          - {name: Else, steps: []}
      - name: Send
        action: {key: httpPost, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          data: {type: template, value: '{{#Size}} of {{$order.results.size}}'}
"""


def named(names, text=FILE):
    integration = build(parse(Source("x.yml", text)).root)
    parts = {part.name: part for part in read_parts(integration).walk() if part.kind.value != "page element"}
    return with_names(integration, CATALOG, {parts[old]: new for old, new in names.items()}).source.text


def test_several_parts_get_their_names_at_once_and_nothing_else_changes():
    assert named({"Size": "Page Size", "Order": "The Request", "Orders": "Sales"}) == (
        FILE.replace("name: Orders ", "name: Sales ")
        .replace("key: Size", "key: Page Size")
        .replace("configVar, value: Size", "configVar, value: Page Size")
        .replace("name: Order\n", "name: The Request\n")
        .replace("{{#Size}} of {{$order.", "{{#Page Size}} of {{$theRequest.")
    )


def test_two_parts_may_exchange_their_names():
    old = FILE.replace("$order.results.size", "$check.results")
    new = (
        old.replace("name: Order\n", "name: @\n").replace("name: Check", "name: Order").replace("@", "Check")
    )
    assert named({"Order": "Check", "Check": "Order"}, old) == new.replace("$check.results", "$order.results")


def test_the_condition_of_a_branch_has_its_name():
    assert named({"Large": "Big"}) == FILE.replace("value: [{name: Large, type: complex", "value: [{name: Big, type: complex").replace("- {name: Large", "- {name: Big")  # fmt: skip


def test_what_cannot_hold_a_name_keeps_the_old_one():
    new = named({"Size": "a}}b"})
    assert 'key: "a}}b"' in new or "key: 'a}}b'" in new
    assert "{{#Size}} of" in new


def test_an_alias_of_a_name_keeps_what_it_said():
    text = FILE.replace("name: Order\n", "name: &name Order\n").replace(
        "isTrigger: true", "description: *name"
    )
    new = named({"Order": "The Request"}, text)
    assert "name: &name The Request\n" in new
    assert parse(Source("x.yml", new)).data["flows"][0]["steps"][0]["description"] == "Order"


def test_without_names_the_text_is_what_it_was():
    assert named({}) == FILE
