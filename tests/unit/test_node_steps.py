"""Which steps run in Node.js is known, and shown, before the run."""

from io import StringIO

import pytest

from flows import built
from runs import code, flow, integration, loop, step
from xchange_cli.formats import prepared_text
from xchange_cli.javascript.node_program import NodeProgram
from xchange_cli.runs.prepare import Prepared
from xchange_cli.runs.scripts import node_steps

FETCHING = code("Call API", "return { data: await fetch('https://a.test') };")
PLAIN = code("Add Up", "return { data: 1 };")
SORTING = code("Sort", "return { data: ['b', 'a'].sort((x, y) => x.localeCompare(y)) };")
HOSTS = step(
    "Hosts",
    "collection-tools",
    "map",
    listInput="{type: reference, value: trigger.results}",
    transformCodeInput="(item) => new URL(item).host",
    filterCodeInput="(item) => item.localeCompare('b') > 0",
)
NODE = NodeProgram("/usr/bin/node", (22, 20))


def never():
    raise AssertionError("Node.js was looked for")


def found(*steps, idle=(), choice="auto", find=lambda: NODE):
    first = built(integration(flow(*steps))).flows[0]
    return [
        (one.step.name, one.need, one.span.text, one.has_node)
        for one in node_steps(first, idle, choice, find)
    ]


def test_steps_are_found_with_what_they_need():
    assert found(FETCHING, PLAIN, HOSTS, SORTING) == [
        ("Call API", "fetch", "fetch", True),
        ("Hosts", "URL", "URL", True),
        ("Sort", "localeCompare", "localeCompare", True),
    ]


def test_steps_that_are_not_performed_do_not_count():
    assert found(FETCHING, loop("Each", "trigger.results", HOSTS), idle={"callApi", "each"}) == []


def test_without_code_that_needs_node_nothing_is_looked_for():
    assert found(PLAIN, find=never) == []


@pytest.mark.parametrize("choice", ["quickjs", "node"])
def test_where_the_engine_was_chosen_there_is_nothing_to_say(choice):
    assert found(FETCHING, choice=choice, find=never) == []


def test_without_node_only_what_will_fail_is_told():
    assert found(FETCHING, SORTING, find=lambda: None) == [("Call API", "fetch", "fetch", False)]


def shown(*steps, find):
    first = built(integration(flow(*steps))).flows[0]
    out = StringIO()
    prepared_text.render(Prepared((), node_steps=node_steps(first, (), "auto", find)), out)
    return out.getvalue()


def test_the_steps_are_shown_with_reason_and_line():
    assert shown(FETCHING, SORTING, find=lambda: NODE) == (
        "2 steps run in Node.js because of what they use: `Call API` (fetch, line 21),\n"
        "`Sort` (localeCompare, line 31)\n"
    )


def test_a_single_step_is_shown_as_a_sentence():
    assert shown(FETCHING, find=lambda: NODE) == (
        "`Call API` runs in Node.js, since it uses fetch (line 21)\n"
    )


def test_a_missing_node_is_a_warning():
    assert " ".join(shown(FETCHING, find=lambda: None).split()) == (
        "warning: `Call API` (fetch, line 21): Node.js 20 or newer is not on the path; the run fails if it is reached. "
        "Install Node.js, or `pip install 'xchange-cli[node]'`."
    )
