"""Which config sets break, need a value or are unaffected by a new version, judged by their own values."""

import pytest

from xchange_cli.changes.compare import Side, compare
from xchange_cli.changes.impact import Outcome, impact
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source
from xchange_cli.validation.config_sets import SetFolder

CATALOG = Catalog.load()
OLD = """\
definitionVersion: 7
name: Orders
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50'}
  - {key: Region, dataType: picklist, pickList: [EU, US], defaultValue: EU}
  - {key: Depot, dataType: string}
  - key: Shop
    dataType: connection
    connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
    inputs: {}
flows: []
"""
COMPLETE = """\
values: {Page Size: 20, Region: US, Depot: North}
connections:
  Shop: {fields: {apiKey: "${env:SHOP_KEY}"}}
"""
SMALL = """\
values: {Depot: South}
connections:
  Shop: {fields: {apiKey: "${env:SHOP_KEY}"}}
"""

CASES = [
    pytest.param(("Depot", "Store"), "BREAKS BREAKS", id="a key that both hold is another one"),
    pytest.param(("  - {key: Depot, dataType: string}\n", ""), "BREAKS BREAKS", id="a variable is gone"),
    pytest.param(("dataType: number", "dataType: boolean"), "BREAKS UNAFFECTED", id="a type changed"),
    pytest.param(("[EU, US]", "[EU, UK]"), "BREAKS UNAFFECTED", id="a choice is gone"),
    pytest.param((", defaultValue: '50'", ""), "UNAFFECTED NEEDS_VALUE", id="a default is gone"),
    pytest.param(("defaultValue: '50'", "defaultValue: '5'"), "UNAFFECTED UNAFFECTED", id="another default"),
    pytest.param(("key: apiKey, comp", "key: basic, comp"), "BREAKS BREAKS", id="another kind of connection"),
    pytest.param(
        ("flows: []", "category: ERP\nflows: []"), "UNAFFECTED UNAFFECTED", id="nothing about variables"
    ),
    pytest.param(
        ("  - {key: Depot", "  - {key: Zone, dataType: string}\n  - {key: Depot"),
        "NEEDS_VALUE NEEDS_VALUE",
        id="a variable without a default is new",
    ),
]


@pytest.mark.parametrize(("edit", "outcomes"), CASES)
def test_a_set_is_judged_by_the_values_that_it_holds(tmp_path, edit, outcomes):
    found = _impacts(tmp_path, OLD.replace(*edit), complete=COMPLETE, small=SMALL)
    assert " ".join(one.outcome.name for one in found) == outcomes


def test_it_names_the_variables_that_need_a_value_and_the_changes_that_say_so(tmp_path):
    new = OLD.replace("  - {key: Depot", "  - {key: Zone, dataType: string}\n  - {key: Depot").replace(
        "EU}", "US}"
    )
    (found,) = _impacts(tmp_path, new, complete=COMPLETE)
    assert found.needed == ("Zone",)
    assert [change.kind for change in found.changes] == ["config-var-required-added"]


def test_a_new_connection_needs_a_value(tmp_path):
    old = OLD[: OLD.index("  - key: Shop")] + "flows: []\n"
    (found,) = _impacts(tmp_path, OLD, old=old, small="values: {Depot: South}\n")
    assert (found.outcome, found.needed) == (Outcome.NEEDS_VALUE, ("Shop",))


def test_values_of_the_set_that_is_extended_count(tmp_path):
    found = _impacts(tmp_path, OLD.replace("[EU, US]", "[EU, UK]"), acme="extends: base\n", base=COMPLETE)
    assert [one.outcome for one in found] == [Outcome.BREAKS, Outcome.BREAKS]


def test_what_was_wrong_before_is_no_impact(tmp_path):
    new = OLD.replace("defaultValue: '50'", "defaultValue: '5'")
    (found,) = _impacts(tmp_path, new, broken="values: {Page Size: many, Elsewhere: x}\n")
    assert (found.outcome, found.changes) == (Outcome.UNAFFECTED, ())


def test_a_renamed_variable_breaks_a_set_that_has_the_old_key(tmp_path):
    (found,) = _impacts(tmp_path, OLD.replace("Depot", "Store"), complete=COMPLETE)
    assert (found.outcome, found.needed) == (Outcome.BREAKS, ("Store",))
    assert [change.kind for change in found.changes] == ["config-var-renamed"]


def test_of_a_new_integration_all_that_its_sets_lack_counts(tmp_path):
    (found,) = _impacts(tmp_path, OLD, old=None, small="values: {Region: EU}\n")
    assert (found.outcome, found.needed) == (Outcome.NEEDS_VALUE, ("Depot", "Shop"))


def _impacts(folder, new: str, *, old: str | None = OLD, **sets: str):
    configs = SetFolder(folder, folder)
    for name, text in sets.items():
        (folder / f"{name}.yml").write_text(text)
    side = _side("new.yml", new)
    change_set = compare(_side("old.yml", old) if old is not None else None, side, CATALOG, "orders")
    read = [configs.read(folder / f"{name}.yml") for name in sets]
    return impact(change_set, side.integration, read, CATALOG)


def _side(name: str, text: str) -> Side:
    return Side(name, build(parse(Source(name, text)).root))
