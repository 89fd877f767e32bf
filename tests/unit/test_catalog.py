"""Components by key, built-in and own."""

import pytest

from xchange_cli.components.catalog import Catalog, Entry
from xchange_cli.components.load import component_from_data
from xchange_cli.components.spec import ActionSpec, Basis, ConnectionSpec, Effect, InputSpec
from xchange_cli.errors import ErrorCode, XchangeError

ERP = {
    "key": "erp",
    "title": "ERP",
    "summary": "Our orders.",
    "connections": [{"key": "basic", "basis": "docs", "inputs": [{"key": "user", "type": "string"}]}],
    "actions": [
        {
            "key": "getOrder",
            "title": "Get Order",
            "effect": "reads",
            "basis": "usage",
            "inputs": [
                {"key": "number", "label": "Number", "type": "string", "required": True},
                {"key": "token", "type": "password", "basis": "docs"},
                {
                    "key": "options",
                    "type": "structuredObject",
                    "inputs": [{"key": "deep", "type": "boolean"}],
                },
            ],
            "branches": ["Else"],
            "branch_input": "number",
            "output": {"description": "The order.", "example": {"id": 1}},
            "behaviour": ["Fails for an unknown number."],
        },
        {"key": "putOrder"},
    ],
    "triggers": [{"key": "orderChanged", "inputs": []}],
    "data_sources": ["orders"],
}


def own(data=ERP):
    return component_from_data(data, is_own=True)


def make(key, type_, basis, **more):
    return InputSpec(key=key, label=key, type=type_, required=False, basis=basis, **more)


def test_an_action_is_described_with_all_that_its_data_says():
    number = InputSpec(key="number", label="Number", type="string", required=True, basis=Basis.USAGE)
    assert own().actions["getOrder"] == ActionSpec(
        key="getOrder",
        title="Get Order",
        summary="",
        basis=Basis.USAGE,
        effect=Effect.READS,
        inputs={
            "number": number,
            "token": make("token", "password", Basis.DOCS, secret=True),
            "options": make(
                "options", "structuredObject", Basis.USAGE, inputs=(make("deep", "boolean", Basis.USAGE),)
            ),
        },
        output="The order.",
        example={"id": 1},
        behaviour=("Fails for an unknown number.",),
        branches=("Else",),
        branch_input="number",
        needed=(number,),
    )


def test_an_action_that_does_not_tell_its_effect_counts_as_writing():
    assert own().actions["putOrder"] == ActionSpec(
        key="putOrder", title="putOrder", summary="", basis=Basis.SOURCE, effect=Effect.WRITES, inputs={}
    )


def test_a_trigger_reads():
    assert own().triggers["orderChanged"] == ActionSpec(
        key="orderChanged",
        title="orderChanged",
        summary="",
        basis=Basis.SOURCE,
        effect=Effect.READS,
        inputs={},
        is_trigger=True,
    )


def test_inputs_of_a_connection_share_its_basis():
    inputs = {"user": make("user", "string", Basis.DOCS, secret=True)}
    assert own().connections["basic"] == ConnectionSpec(
        key="basic", label="basic", basis=Basis.DOCS, inputs=inputs
    )


def test_secrets_are_passwords_and_what_is_declared_secret():
    mongo = Catalog.load().component("mongo").connections["mongo"].inputs
    basic = Catalog.load().component("http").connections["basic"].inputs
    assert {key for key, spec in mongo.items() if spec.secret} == {"connectionString"}
    assert {key: spec.secret for key, spec in basic.items()} == {"username": False, "password": True}


def test_fields_of_own_connections_are_secret_unless_they_are_declared_open():
    inner = [{"key": "region", "type": "string"}, {"key": "zone", "type": "string", "secret": False}]
    fields = [
        {"key": "token", "type": "string"},
        {"key": "host", "type": "string", "secret": False},
        {"key": "pin", "type": "password", "secret": False},
        {"key": "place", "type": "structuredObject", "secret": False, "inputs": inner},
    ]
    data = {"key": "erp", "title": "ERP", "connections": [{"key": "basic", "inputs": fields}]}

    def secret(is_own):
        found = component_from_data(data, is_own=is_own).connections["basic"].inputs
        return {spec.key: spec.secret for spec in [*found.values(), *found["place"].inputs]}

    assert secret(True) == {
        "token": True, "host": False, "pin": True, "place": False, "region": True, "zone": False
    }  # fmt: skip
    assert secret(False) == {
        "token": False, "host": False, "pin": True, "place": False, "region": False, "zone": False
    }  # fmt: skip


def test_actions_are_built_only_when_asked_for():
    broken = {"key": "x", "title": "X", "actions": [{"key": "good"}, {"key": "bad", "basis": "hearsay"}]}
    spec = own(broken)
    assert list(spec.actions) == ["good", "bad"]
    assert "bad" in spec.actions
    assert spec.actions["good"] is spec.actions["good"]
    with pytest.raises(ValueError, match="hearsay"):
        spec.actions["bad"]


def test_a_lazy_mapping_shows_its_keys():
    assert repr(own().actions) == "LazyMapping(getOrder, putOrder)"
    assert len(own().actions) == 2


def test_a_built_in_component_is_found_and_kept():
    catalog = Catalog.load()
    loop = catalog.component("loop")
    assert (loop.title, loop.kind, loop.is_own) == ("Loop", "utility", False)
    assert catalog.component("loop") is loop


def test_an_unknown_component_is_none():
    assert Catalog.load().component("looop") is None


def test_the_index_is_not_a_component():
    assert Catalog.load().component("index") is None


def test_a_private_component_is_own_or_unknown():
    erp = own()
    catalog = Catalog.load([erp])
    assert catalog.component("erp", is_public=False) is erp
    assert catalog.component("http", is_public=False) is None


def test_an_own_component_answers_for_a_public_one_that_is_not_built_in():
    erp = own()
    assert Catalog.load([erp]).component("erp") is erp


def test_a_built_in_component_wins_as_the_public_one():
    http = own({"key": "http", "title": "Ours"})
    catalog = Catalog.load([http])
    assert catalog.component("http").title == "HTTP"
    assert catalog.component("http", is_public=False) is http


def test_two_own_components_with_one_key_are_refused():
    with pytest.raises(XchangeError, match="two components of this project have the key erp") as caught:
        Catalog.load([own(), own()])
    assert caught.value.code is ErrorCode.INVALID


@pytest.mark.parametrize(
    ("component", "action", "is_trigger"),
    [("http", "httpGet", False), ("schedule-triggers", "schedule", True), ("erp", "orderChanged", True)],
)
def test_actions_and_triggers_are_found(component, action, is_trigger):
    found = Catalog.load([own()]).action(component, action)
    assert (found.key, found.is_trigger) == (action, is_trigger)


@pytest.mark.parametrize(("component", "action"), [("http", "httpgett"), ("htp", "httpGet")])
def test_what_is_unknown_is_no_action(component, action):
    assert Catalog.load().action(component, action) is None


def test_a_private_action_is_looked_up_in_own_components():
    catalog = Catalog.load([own({"key": "http", "title": "Ours", "actions": [{"key": "send"}]})])
    assert catalog.action("http", "send") is None
    assert catalog.action("http", "send", is_public=False).key == "send"


def test_keys_are_all_components_once():
    catalog = Catalog.load([own(), own({"key": "http", "title": "Ours"})])
    assert set(catalog.keys()) == {*Catalog.load().keys(), "erp"}
    assert list(catalog.keys()) == sorted(set(catalog.keys()))


def test_entries_show_components_at_a_glance():
    ours = Entry(
        "erp",
        "ERP",
        "app",
        "Our orders.",
        ("getOrder", "putOrder"),
        ("orderChanged",),
        ("basic",),
        ("orders",),
        True,
    )
    catalog = Catalog.load([own(), own({"key": "http", "title": "Ours"})])
    assert catalog.entry("erp") == ours
    assert ours in catalog.entries()
    assert [entry.title for entry in catalog.entries() if entry.key == "http"] == ["HTTP", "Ours"]


def test_an_entry_is_found_as_a_component_is():
    catalog = Catalog.load([own({"key": "http", "title": "Ours"})])
    found = catalog.entry("http"), catalog.entry("http", is_public=False)
    assert [entry.title for entry in found] == ["HTTP", "Ours"]
    assert catalog.entry("zip", is_public=False) is None
    assert catalog.entry("nothing") is None


def test_entries_need_no_component_file(tmp_path):
    (tmp_path / "index.json").write_text(
        '{"a":{"title":"A","kind":"app","summary":"","actions":["x"],"triggers":[],"connections":[],"data_sources":[]}}'
    )
    catalog = Catalog.load(folder=tmp_path)
    assert catalog.entries() == (Entry("a", "A", "app", "", ("x",), (), (), (), False),)
