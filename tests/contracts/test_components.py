"""What every component that can be performed here must keep to."""

import sys

import pytest

from contexts import RecordingContext
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionError, ActionResult, Example

CATALOG = Catalog.load()
IMPLEMENTATIONS = Implementations()
KEYS = sorted(IMPLEMENTATIONS.keys())


EXAMPLES = [
    pytest.param(key, example, id=f"{key}.{example.action}-{number}")
    for key in KEYS
    for number, example in enumerate(IMPLEMENTATIONS.load(key).examples, start=1)
]


def perform(component: str, example: Example) -> ActionResult:
    spec = CATALOG.action(component, example.action)
    inputs = {**dict.fromkeys(spec.inputs), **example.inputs}
    return IMPLEMENTATIONS.perform_for(component, example.action)(RecordingContext(), inputs)


@pytest.mark.parametrize("key", KEYS)
def test_every_action_is_one_of_the_catalogue(key):
    spec = CATALOG.component(key)

    assert set(IMPLEMENTATIONS.load(key).actions) <= {*spec.actions, *spec.triggers}


@pytest.mark.parametrize("key", KEYS)
def test_every_action_has_an_example(key):
    component = IMPLEMENTATIONS.load(key)

    assert {example.action for example in component.examples} == set(component.actions)


@pytest.mark.parametrize(("component", "example"), EXAMPLES)
def test_an_example_uses_only_inputs_of_the_catalogue(component, example):
    assert set(example.inputs) <= set(CATALOG.action(component, example.action).inputs)


@pytest.mark.parametrize(("component", "example"), EXAMPLES)
def test_an_example_performs_as_written(component, example):
    if example.error:
        with pytest.raises(ActionError) as caught:
            perform(component, example)
        assert example.error in caught.value.message
    else:
        wanted = example.result
        expected = wanted if isinstance(wanted, ActionResult) else ActionResult(data=wanted)
        assert perform(component, example) == expected


def test_every_component_with_code_has_all_its_actions_and_triggers():
    for key in sorted(IMPLEMENTATIONS.keys()):
        spec = CATALOG.component(key)
        assert set(IMPLEMENTATIONS.load(key).actions) == {*spec.actions, *spec.triggers}, key


def test_there_is_no_code_for_what_is_unknown():
    assert IMPLEMENTATIONS.load("nothing") is None
    assert IMPLEMENTATIONS.perform_for("nothing", "math") is None
    assert IMPLEMENTATIONS.perform_for("math", "nothing") is None


def test_listing_the_components_loads_none(monkeypatch):
    module = "xchange_cli.components.builtin.sleep"
    monkeypatch.delitem(sys.modules, module, raising=False)

    assert "sleep" in Implementations().keys()  # noqa: SIM118 -- not a mapping
    assert module not in sys.modules
