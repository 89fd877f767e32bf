"""What a file says, as an integration."""

from itertools import pairwise

import pytest

from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.model.integration import ConfigPage, ErrorConfig, Integration, Step
from xchange_cli.model.walk import walk_flow, walk_integration
from xchange_cli.source import Source

FULL = """\
name: Tiny
requiredConfigVars:
  - {key: Greeting, dataType: string, defaultValue: Hello, collectionType: valuelist, pickList: [a, b]}
  - key: Link
    dataType: connection
    connection: {key: oauth2, component: {key: http, isPublic: true, version: LATEST}}
    inputs: {token: {type: value, value: x}}
  - {key: Options, dataType: picklist, dataSource: {key: select, component: {key: jira, isPublic: false, version: 3}}}
  - {key: When, dataType: schedule, scheduleType: custom, timeZone: Europe/Berlin}
  - {key: Shared, dataType: connection, useScopedConfigVar: stable-key}
configPages:
  - {name: Settings, elements: [{type: configVar, value: Greeting}, {type: htmlElement, value: <b>}]}
flows:
  - name: First Flow
    isSynchronous: true
    steps:
      - name: Every Hour
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        inputs: {}
        schedule: {type: value, value: 0 */1 * * *, meta: {scheduleType: hour, timeZone: UTC}}
      - name: Each File
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: 5}}
        inputs: {items: {type: reference, value: everyHour.results}}
        steps:
          - name: Choose
            action: {key: branchOnValue, component: {key: branch, isPublic: true, version: 1}}
            branches:
              - {name: Yes, steps: [{name: In Yes}, {name: Also}]}
              - {name: Else, steps: []}
          - {name: Behind}
      - name: Last
        errorConfig: {errorHandlerType: retry, maxAttempts: 3, delaySeconds: 2, usesExponentialBackoff: true, ignoreFinalError: true}
  - {name: second, steps: []}
"""


def model(text) -> Integration:
    document = parse(Source("a.yml", text))
    assert document.diagnostics == ()
    integration = build(document.root)
    assert integration is not None
    return integration


def step(text) -> Step:
    [only] = model(f"flows: [{{steps: [{text}]}}]").flows[0].steps
    return only


def test_a_flow_has_its_steps_and_its_trigger():
    first, second = model(FULL).flows
    assert (first.name, first.is_synchronous, [step.name for step in first.steps]) == (
        "First Flow",
        True,
        ["Every Hour", "Each File", "Last"],
    )
    assert first.trigger is first.steps[0]
    assert (second.name, second.is_synchronous, second.steps, second.trigger) == ("second", False, (), None)


def test_a_first_step_that_is_no_trigger_is_not_taken_for_one():
    [flow] = model("flows: [{steps: [{name: A}, {name: B, isTrigger: true}]}]").flows
    assert flow.trigger is None


def test_a_step_has_its_reference_name_its_action_and_what_is_inside():
    trigger, loop, last = model(FULL).flows[0].steps
    assert (loop.ref, loop.is_trigger, loop.branches) == ("eachFile", False, None)
    action = loop.action
    assert (action.component, action.key, action.is_public, action.version) == (
        "loop",
        "loopOverItems",
        True,
        "5",
    )
    assert [inner.name for inner in loop.steps] == ["Choose", "Behind"]
    assert [branch.name for branch in loop.steps[0].branches] == ["Yes", "Else"]
    assert (last.action, last.inputs, last.steps, last.branches) == (None, {}, None, None)
    assert trigger.is_trigger


def test_a_schedule_and_an_error_config_are_read():
    trigger, _, last = model(FULL).flows[0].steps
    schedule = trigger.schedule
    assert (schedule.kind, schedule.value) == ("value", "0 */1 * * *")
    assert (schedule.schedule_type, schedule.time_zone) == ("hour", "UTC")
    assert trigger.error == ErrorConfig("fail", 0, 0, exponential=False, ignore_final=False)
    assert last.error == ErrorConfig("retry", 3, 2, exponential=True, ignore_final=True)


def test_config_variables_are_read():
    greeting, link, options, when, shared = model(FULL).config_vars
    assert (greeting.key, greeting.data_type, greeting.default) == ("Greeting", "string", "Hello")
    assert (greeting.collection, greeting.pick_list) == ("valuelist", ("a", "b"))
    assert (link.connection.component, link.connection.key, list(link.inputs)) == (
        "http",
        "oauth2",
        ["token"],
    )
    source = options.data_source
    assert (source.component, source.key, source.is_public, source.version) == ("jira", "select", False, "3")
    assert (when.schedule_type, when.time_zone, when.default) == ("custom", "Europe/Berlin", None)
    assert [variable.is_scoped for variable in (greeting, link, shared)] == [False, False, True]


def test_config_pages_are_read():
    [page] = model(FULL).config_pages
    assert isinstance(page, ConfigPage)
    assert page.name == "Settings"
    assert [(element.kind, element.value) for element in page.elements] == [
        ("configVar", "Greeting"),
        ("htmlElement", "<b>"),
    ]


def test_flows_and_variables_are_found_by_name():
    integration = model(FULL)
    assert integration.flow("second") is integration.flows[1]
    assert integration.config_var("When") is integration.config_vars[3]
    assert (integration.flow("Second"), integration.config_var("when")) == (None, None)


def test_every_part_keeps_the_place_of_what_it_is_called_by():
    integration = model(FULL)
    flow = integration.flows[0]
    loop = flow.steps[1]
    places = {
        flow.name_node: "First Flow",
        loop.name_node: "Each File",
        loop.action.key_node: "loopOverItems",
        loop.action.component_node: "loop",
        loop.inputs["items"].key_node: "items",
        loop.inputs["items"].value_node: "everyHour.results",
        loop.steps[0].branches[0].name_node: "Yes",
        integration.config_vars[0].key_node: "Greeting",
        integration.config_pages[0].name_node: "Settings",
        integration.config_pages[0].elements[0].value_node: "Greeting",
    }
    assert [node.span.text for node in places] == list(places.values())


def test_a_part_without_name_is_shown_as_a_whole():
    broken = step("{action: {component: {version: 1}}, inputs: {i: text}, branches: [{steps: []}]}")
    assert broken.name_node is broken.node
    assert broken.action.key_node is broken.action.node
    assert broken.action.component_node.span.text == "{version: 1}"
    assert step("{action: {key: k}}").action.component_node.span.text == "{key: k}"
    assert broken.inputs["i"].value_node.span.text == "text"
    assert broken.branches[0].name_node is broken.branches[0].node


@pytest.mark.parametrize("text", ["", "text", "5", "[]", "[{name: x}]", "~"])
def test_what_is_no_mapping_is_no_integration(text):
    assert build(parse(Source("a.yml", text)).root) is None


WRONG = ["~", "5", "text", "true", "[]", "{}", "[[]]", "[text, 5, ~]", "{a: [b]}", "[{}]"]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("key", ["flows", "requiredConfigVars", "configPages"])
def test_a_list_of_something_else_is_empty_and_its_mappings_have_empty_parts(key, wrong):
    integration = model(f"name: A\n{key}: {wrong}")
    parts = (*integration.flows, *integration.config_vars, *integration.config_pages)
    assert integration.name == "A"
    assert len(parts) == (1 if wrong == "[{}]" else 0)


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_types_leave_the_rest_of_a_step_whole(wrong):
    found = step(
        f"{{name: A, action: {wrong}, inputs: {wrong}, schedule: {wrong}, errorConfig: {wrong}, isTrigger: {wrong}}}"
    )
    assert (found.name, found.ref, found.error, found.is_trigger) == (
        "A",
        "a",
        ErrorConfig(),
        wrong == "true",
    )
    assert found.action is None or (found.action.component, found.action.key) == ("", "")
    assert found.schedule is None or (found.schedule.kind, found.schedule.value) == ("", "")
    assert list(found.inputs) == (["a"] if wrong == "{a: [b]}" else [])


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_containers_are_empty_and_not_absent(wrong):
    found = step(f"{{steps: {wrong}, branches: {wrong}}}")
    assert len(found.steps) == len(found.branches) == (1 if wrong == "[{}]" else 0)


@pytest.mark.parametrize(("name", "ref"), [("~", ""), ("5", ""), ("true", ""), ("[]", ""), ("'5'", "5")])
def test_a_name_must_be_text(name, ref):
    assert step(f"{{name: {name}}}").ref == ref


@pytest.mark.parametrize(
    ("version", "text"),
    [("LATEST", "LATEST"), ("12", "12"), ("'12'", "12"), ("~", ""), ("[1]", ""), ("0x10", "16")],
)
def test_a_version_may_stand_without_quotes(version, text):
    assert step(f"{{action: {{component: {{key: k, version: {version}}}}}}}").action.version == text


@pytest.mark.parametrize(
    ("public", "is_public"),
    [("isPublic: true", True), ("isPublic: false", False), ("", True), ("isPublic: ~", True)],
)
def test_a_component_is_public_unless_the_file_denies_it(public, is_public):
    assert step(f"{{action: {{component: {{{public}}}}}}}").action.is_public is is_public


@pytest.mark.parametrize(
    ("number", "attempts"),
    [
        ("3", 3),
        ("3.0", 3),
        ("'3'", 0),
        ("-1", 0),
        ("1.5", 0),
        ("true", 0),
        ("~", 0),
        (".inf", 0),
        (".nan", 0),
    ],
)
def test_a_number_of_attempts_is_a_whole_number_or_none(number, attempts):
    assert step(f"{{errorConfig: {{maxAttempts: {number}}}}}").error == ErrorConfig(max_attempts=attempts)


@pytest.mark.parametrize(
    ("default", "text"),
    [
        ("Hello", "Hello"),
        ("''", ""),
        ("2024-01-01", "2024-01-01"),
        ("010", "010"),
        ("5", "5"),
        ("0x5", "5"),
        ("12345678901234567890", "12345678901234567890"),
        ("1.50", "1.5"),
        ("5.0", "5"),
        ("True", "true"),
        ("~", None),
        ("[]", None),
    ],
)
def test_a_default_without_quotes_is_text_in_one_spelling(default, text):
    [variable] = model(f"requiredConfigVars: [{{defaultValue: {default}}}]").config_vars
    assert variable.default == text


def test_entries_of_a_pick_list_that_are_no_single_values_are_left_out():
    [variable] = model("requiredConfigVars: [{pickList: [a, 5, ~, [b], True]}]").config_vars
    assert variable.pick_list == ("a", "5", "true")


def test_keys_that_are_merged_in_count_like_written_ones():
    text = "base: &base {name: A, isTrigger: true}\nflows: [{steps: [{<<: *base, name: B}]}]"
    [found] = model(text).flows[0].steps
    assert (found.name, found.is_trigger) == ("B", True)


def test_steps_and_conditions_may_nest_as_deep_as_a_file_can():
    steps = "{name: A, steps: [" * 90 + "{}" + "]}" * 90
    found = list(walk_flow(model(f"flows: [{{steps: [{steps}]}}]").flows[0]))
    assert (len(found), found[-1].depth) == (91, 90)
    group = "[and, " * 180 + "[exists]" + "]" * 180
    assert (
        step(f"{{inputs: {{a: {{type: complex, value: {group}}}}}}}").inputs["a"].expression.operator == "and"
    )


SAME = [
    ("flows: [{name: A, steps: []}]", "flows:\n  # note\n  - steps: []\n    'name': \"A\"\n"),
    (
        "flows: [{steps: [{inputs: {a: {type: value, value: 'x y'}, b: {type: reference, value: 'a.b[0]'}}}]}]",
        (
            "flows:\n- steps:\n  - inputs:\n      b: {value: a.b.0, type: reference}\n"
            "      a:\n        type: value\n        value: >-\n          x\n          y\n"
        ),
    ),
    ("flows: [{isSynchronous: true}]", "flows: [{isSynchronous: True}]"),
    ("requiredConfigVars: [{defaultValue: 1}]", "requiredConfigVars: [{defaultValue: 0x1}]"),
    ("name: A", "name: A\r\n"),
    ("flows: [&a {name: A}, *a]", "flows: [{name: A}, {name: A}]"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_texts_that_mean_the_same_give_equal_models(one, other):
    assert model(one) == model(other)


DIFFERENT = [
    ("flows: [{name: A}]", "flows: [{name: B}]"),
    ("flows: [{name: A}, {name: B}]", "flows: [{name: B}, {name: A}]"),
    ("flows: [{steps: [{steps: []}]}]", "flows: [{steps: [{}]}]"),
    (
        "flows: [{steps: [{inputs: {a: {type: value, value: x}}}]}]",
        "flows: [{steps: [{inputs: {a: {type: configVar, value: x}}}]}]",
    ),
    (
        "flows: [{steps: [{inputs: {a: {type: value, value: 1}}}]}]",
        "flows: [{steps: [{inputs: {a: {type: value, value: true}}}]}]",
    ),
    ("requiredConfigVars: [{defaultValue: ''}]", "requiredConfigVars: [{}]"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_texts_that_mean_something_else_give_other_models(one, other):
    assert model(one) != model(other)


def test_steps_are_walked_from_top_to_bottom_with_what_stands_around_them():
    walked = [
        (
            placed.step.name,
            placed.depth,
            placed.index,
            [sibling.name for sibling in placed.siblings],
            [container.name for container in placed.containers],
            placed.branch.name if placed.branch else None,
        )
        for placed in walk_flow(model(FULL).flows[0])
    ]
    top, inner = ["Every Hour", "Each File", "Last"], ["Choose", "Behind"]
    assert walked == [
        ("Every Hour", 0, 0, top, [], None),
        ("Each File", 0, 1, top, [], None),
        ("Choose", 1, 0, inner, ["Each File"], None),
        ("In Yes", 2, 0, ["In Yes", "Also"], ["Each File", "Choose"], "Yes"),
        ("Also", 2, 1, ["In Yes", "Also"], ["Each File", "Choose"], "Yes"),
        ("Behind", 1, 1, inner, ["Each File"], None),
        ("Last", 0, 2, top, [], None),
    ]


def test_a_loop_inside_of_a_branch_is_in_no_branch_itself():
    text = "{name: B, branches: [{name: Yes, steps: [{name: L, steps: [{name: S}]}]}]}"
    placed = list(walk_flow(model(f"flows: [{{steps: [{text}]}}]").flows[0]))
    assert [(one.step.name, one.branch.name if one.branch else None) for one in placed] == [
        ("B", None),
        ("L", "Yes"),
        ("S", None),
    ]


def test_the_flows_of_an_integration_are_walked_one_after_the_other():
    integration = model("flows: [{name: F, steps: [{name: A}, {name: B}]}, {name: G, steps: [{name: C}]}]")
    assert [(flow.name, placed.step.name) for flow, placed in walk_integration(integration)] == [
        ("F", "A"),
        ("F", "B"),
        ("G", "C"),
    ]


def test_steps_come_in_the_order_of_the_file():
    starts = [placed.step.node.start for _, placed in walk_integration(model(FULL))]
    assert all(one < other for one, other in pairwise(starts))
