"""What a change tells beside its words: its places, its path, its fingerprint; and how differences are put together."""

import pytest

from xchange_cli.changes.compare import Side, compare
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source

CATALOG = Catalog.load()
BASE = """\
definitionVersion: 7
name: Orders
requiredConfigVars:
  - {key: Size, dataType: number, defaultValue: '50'}
  - {key: Region, dataType: picklist, pickList: [EU, US], defaultValue: EU}
  - key: Shop
    dataType: connection
    connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
    inputs: {}
flows:
  - name: Nightly
    steps:
      - name: Each
        action: {key: loopNTimes, component: {key: loop}}
        inputs: {}
        steps:
          - name: Get
            action: {key: httpGet, component: {key: http}}
            inputs:
              url: {type: value, value: 'https://shop.test/1'}
"""


def test_both_places_are_those_of_the_value_that_differs():
    (change,) = _changes(("shop.test/1", "shop.test/2"))
    assert (change.old_span.text, change.new_span.text) == ("'https://shop.test/1'", "'https://shop.test/2'")
    assert (change.old_text, change.new_text) == ("https://shop.test/1", "https://shop.test/2")


def test_what_is_new_has_the_place_of_its_name_and_none_in_the_old_file():
    (change,) = _changes(
        ("requiredConfigVars:\n", "requiredConfigVars:\n  - {key: Depot, dataType: string}\n")
    )
    assert (change.old_span, change.new_span.text) == (None, "Depot")


def test_a_key_that_only_one_file_has_is_shown_with_its_value():
    (change,) = _changes(("name: Nightly\n", "name: Nightly\n    description: Each night\n"))
    assert (change.old_span, change.new_span.text) == (None, "description: Each night")


def test_a_choice_that_is_gone_has_the_place_of_the_list_in_the_new_file():
    (change,) = _changes(("[EU, US]", "[EU]"))
    assert (change.old_span.text, change.new_span.text) == ("US", "[EU]")


def test_its_path_is_made_of_names():
    (change,) = _changes(("shop.test/1", "shop.test/2"))
    assert change.path == ("flows", "Nightly", "steps", "Each", "steps", "Get", "inputs", "url")
    assert (change.flow, change.step) == ("Nightly", "Get")


def test_a_path_has_the_new_names_of_what_was_renamed():
    found = _changes(("name: Nightly", "name: Daily"), ("shop.test/1", "shop.test/2"))
    assert {change.path[:2] for change in found} == {("flows", "Daily")}


def test_a_fingerprint_does_not_depend_on_lines_and_form():
    reformed = BASE.replace("flows:\n", "# comment\n\nflows:\n").replace("'50'}", "'50'} # at once")
    assert _prints(BASE, ("'50'", "'60'")) == _prints(reformed, ("'50'", "'60'"))


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(("'50'", "'70'"), id="another value"),
        pytest.param(("[EU, US]", "[EU]"), id="another place"),
    ],
)
def test_another_change_has_another_fingerprint(edit):
    assert _prints(BASE, edit) != _prints(BASE, ("'50'", "'60'"))


def test_the_same_change_of_another_integration_has_another_fingerprint():
    assert _prints(BASE, ("'50'", "'60'"), key="orders") != _prints(BASE, ("'50'", "'60'"), key="prices")


def test_another_component_of_a_connection_is_one_change():
    (change,) = _changes(("key: apiKey, component: {key: http,", "key: oauth2, component: {key: slack,"))
    assert change.message == "component of the connection `Shop`: http → slack"


def test_who_sees_a_config_variable_is_one_change():
    hidden = "orgOnly: true, meta: {visibleToOrgDeployer: true, visibleToCustomerDeployer: false}"
    (change,) = _changes(("defaultValue: EU}", f"defaultValue: EU, {hidden}}}"))
    assert change.message == "`Region` is hidden"


def test_each_choice_is_a_change_of_its_own():
    found = _changes(("[EU, US]", "[EU, UK, APAC]"))
    assert [change.message for change in found] == [
        "`Region` can no longer be `US`",
        "`Region` can be `UK`",
        "`Region` can be `APAC`",
    ]


def test_the_same_two_files_always_give_the_same_changes():
    edits = (("name: Nightly", "name: Daily"), ("[EU, US]", "[US]"), ("key: Size", "key: Amount"))
    first, second = ([change[:9] for change in _changes(*edits)] for _ in range(2))
    assert len(first) == 3
    assert first == second


def test_changes_and_differences_are_one_for_one():
    found = compare(_side("old", BASE), _side("new", BASE.replace("[EU, US]", "[UK, APAC]")), CATALOG)
    assert len(found.changes) == len(found.deltas) == 4


def test_to_compare_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="both sides are missing"):
        compare(None, None, CATALOG)


def _changes(*edits: tuple[str, str], base: str = BASE, key: str = "orders"):
    text = base
    for old, new in edits:
        text = text.replace(old, new)
    return compare(_side("old.yml", base), _side("new.yml", text), CATALOG, key).changes


def _prints(base: str, edit: tuple[str, str], key: str = "orders") -> list[str]:
    return [change.fingerprint for change in _changes(edit, base=base, key=key)]


def _side(name: str, text: str) -> Side:
    return Side(name, build(parse(Source(name, text)).root))
