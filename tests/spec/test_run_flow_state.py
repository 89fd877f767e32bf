"""What flows keep from one execution to the next, and who sees it when."""

import json
import sqlite3

import pytest

from runs import code, flow, integration, step

CROSS_FLOW = step("Called", "cross-flow", "crossFlow", is_trigger=True)
CALL = step("Call", "cross-flow", "invokeFlow", flowName="Callee")
SHOW = code(
    "Show",
    "const {instanceState, crossFlowState, integrationState} = context;\n"
    "return { data: [instanceState.n, crossFlowState.n, integrationState.n].map((n) => n ?? null) };",
)
FAIL = code("Fail", "throw new Error('no');")


def keep(value, name="Keep"):
    state = f"{{ n: {value} }}"
    kinds = f"instanceState: {state}, crossFlowState: {state}, integrationState: {state}"
    return code(name, f"return {{ data: null, {kinds} }};")


def callee(*steps, synchronous=True):
    return flow(*steps, name="Callee", trigger=CROSS_FLOW, synchronous=synchronous)


@pytest.fixture
def run(project, xchange):
    """Run a flow of an integration; gives the exit code and the output's whole object."""

    def go(*flows, name="Flow", config="", arguments=()):
        project(
            {
                "xchange.yaml": "",
                "integration.yml": integration(*flows),
                "configs/acme.yml": "values: {}\n",
                "configs/beta.yml": "values: {}\n",
            }
        )
        chosen = ("--config", config) if config else ()
        ran = xchange("run", "integration.yml", "--flow", name, "--output", "json", *chosen, *arguments)
        return ran.code, json.loads(ran.out)

    return go


def seen(document):
    return next(one["result"] for one in document["steps"] if one["ref"] == "show")


def test_a_flow_sees_what_it_kept_and_others_only_what_is_for_all_flows(run):
    other = flow(SHOW, name="Other")
    assert run(flow(keep(1)), other)[0] == 0

    assert seen(run(flow(SHOW), other)[1]) == [1, 1, 1]
    assert seen(run(flow(SHOW), other, name="Other")[1]) == [None, 1, 1]


def test_customers_share_only_what_is_for_the_whole_integration(run):
    run(flow(keep(1)), config="acme")

    assert seen(run(flow(SHOW), config="acme")[1]) == [1, 1, 1]
    assert seen(run(flow(SHOW), config="beta")[1]) == [None, None, 1]
    assert seen(run(flow(SHOW))[1]) == [None, None, 1]


def test_an_execution_that_fails_keeps_nothing(run):
    assert run(flow(keep(1), FAIL))[0] == 10

    assert seen(run(flow(SHOW))[1]) == [None, None, None]


def test_an_execution_that_is_ended_by_until_keeps_nothing(run):
    assert run(flow(keep(1), FAIL), arguments=("--until", "keep"))[0] == 0

    assert seen(run(flow(SHOW))[1]) == [None, None, None]


def test_a_called_flow_does_not_see_what_its_caller_has_yet_to_save(run):
    _, document = run(flow(keep(1), CALL), callee(SHOW))

    [child] = document["executions"]
    assert seen(child) == [None, None, None]


def test_a_flow_that_begins_when_its_caller_has_ended_sees_what_that_has_saved(run):
    _, document = run(flow(keep(1), CALL), callee(SHOW, synchronous=False))

    [child] = document["executions"]
    assert seen(child) == [None, 1, 1]


def test_a_caller_does_not_see_what_the_called_flow_has_saved_meanwhile(run):
    _, document = run(flow(CALL, SHOW), callee(keep(1)))

    assert seen(document) == [None, None, None]
    assert seen(run(flow(SHOW))[1]) == [None, 1, 1]


def test_the_last_writer_wins_and_is_told_what_it_has_overwritten(run):
    status, document = run(flow(CALL, keep(2)), callee(keep(1)))

    assert status == 0
    assert [one["message"] for one in document["warnings"]] == [
        "`n` (cross-flow state) was changed by another run meanwhile; its value is overwritten",
        "`n` (integration state) was changed by another run meanwhile; its value is overwritten",
    ]
    assert seen(run(flow(SHOW))[1]) == [2, 2, 2]


def test_what_a_called_flow_has_saved_stays_when_its_caller_fails(run):
    assert run(flow(CALL, FAIL), callee(keep(1)))[0] == 10

    assert seen(run(flow(SHOW))[1]) == [None, 1, 1]


def test_a_called_flow_that_fails_keeps_nothing_and_its_caller_does(run):
    ignoring = CALL + "  errorConfig: {errorHandlerType: ignore}\n"
    assert run(flow(ignoring, keep(2)), callee(keep(1), FAIL))[0] == 0

    assert seen(run(callee(SHOW), name="Callee")[1]) == [None, 2, 2]


def test_state_of_the_execution_ends_with_it(run):
    kept = code("Keep", "return { data: 1, executionState: { n: 1 } };")
    looking = code("Look", "return { data: context.executionState.n ?? null };")

    assert run(flow(kept, looking))[1]["response"]["body"] == 1
    assert run(flow(looking))[1]["response"]["body"] is None


@pytest.fixture
def loose(project, xchange):
    """A project with three files of one stem: two that no pattern matches, and an integration of this key."""
    source = integration(flow(keep(1), SHOW))
    names = ("sub/one.yml", "other/one.yml", "integrations/one/integration.yml")
    folder = project({"xchange.yaml": "", **dict.fromkeys(names, source)})
    for number, name in enumerate(names, start=1):
        (folder / name).write_text(integration(flow(keep(number))))
        assert xchange("run", name).code == 0
    return folder


def places(ran):
    return [(one["integration"], one["value"]) for one in json.loads(ran.out)["entries"]]


def test_files_with_one_stem_keep_their_state_apart(loose, xchange):
    listed = xchange("state", "list", "--scope", "flow", "--output", "json")

    assert places(listed) == [("one", 3), ("other/one.yml", 2), ("sub/one.yml", 1)]
    assert "\nsub/one.yml, local, Flow (flow)\n" in xchange("state", "list").out


@pytest.mark.parametrize(
    ("cwd", "name", "value"),
    [
        (".", "sub/one.yml", 1),
        ("sub", "one.yml", 1),
        ("sub", "../other/one.yml", 2),
        (".", "one", 3),
        ("sub", "../integrations/one", 3),
    ],
)
def test_state_is_found_by_whatever_names_the_file(loose, xchange, cwd, name, value):
    asked = ("--scope", "flow", "--output", "json")
    assert [found for _, found in places(xchange("state", "list", name, *asked, cwd=loose / cwd))] == [value]

    assert xchange("state", "set", name, "n", "9", cwd=loose / cwd).code == 0

    kept = [found for _, found in places(xchange("state", "list", *asked, cwd=loose))]
    assert sorted(kept) == sorted({1, 2, 3} - {value} | {9})


def test_integrations_whose_keys_are_the_same_keep_their_state_apart(loose, xchange):
    (loose / "xchange.yaml").write_text("integrations: [sub/*.yml, integrations/*/integration.yml]\n")

    assert xchange("state", "set", "sub/one.yml", "n", "9").code == 0
    assert xchange("state", "set", "integrations/one", "n", "8").code == 0

    kept = dict(places(xchange("state", "list", "--scope", "flow", "--output", "json")))
    assert kept == {"integrations/one/integration.yml": 8, "one": 3, "other/one.yml": 2, "sub/one.yml": 9}


def test_the_state_of_a_loose_file_that_is_gone_can_be_found_and_removed(loose, xchange):
    (loose / "sub/one.yml").unlink()

    assert xchange("state", "clear", "sub/one.yml", "--yes").out.endswith("3 values removed.\n")


def test_a_link_keeps_the_state_of_what_it_leads_to(loose, xchange):
    (loose / "link.yml").symlink_to("integrations/one/integration.yml")

    assert xchange("state", "get", "link.yml", "n", "--scope", "flow").out == "3\n"


def test_the_state_of_several_files_is_not_set_at_once(loose, xchange):
    ran = xchange("state", "set", "*/one.yml", "n", "9")

    assert (ran.code, ran.err) == (
        2,
        "error: which integration?\nhint: Name one: other/one.yml, sub/one.yml.\n",
    )


def test_the_database_is_closed_when_the_run_ends(loose, xchange, monkeypatch):
    opened = []
    connect = sqlite3.connect

    def note(*arguments, **more):
        opened.append(connect(*arguments, **more))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", note)
    assert xchange("run", "sub/one.yml").code == 0

    assert opened
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
