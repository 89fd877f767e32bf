"""`--deploy` and `--remove`: the flows that a platform runs when an instance comes and goes."""

import json

import pytest

from runs import code, flow, integration, step

SHOW = code("Show", "return { data: stepResults.trigger.results.headers };")
FAIL = code("Fail", "throw new Error('no');")


def trigger(component, action, **inputs):
    return step("Trigger", component, action, is_trigger=True, **inputs)


def managed(name, action, *steps, more=""):
    return flow(
        *(steps or (SHOW,)),
        name=name,
        trigger=trigger("management-triggers", action),
        synchronous=False,
        more=more,
    )


def recursive(name, **inputs):
    return flow(
        SHOW, name=name, trigger=trigger("recursive-flow", "recursiveTrigger", **inputs), synchronous=False
    )


@pytest.fixture
def run(project, xchange):
    def go(*flows, arguments=("--deploy",), head=""):
        project({"integration.yml": integration(*flows, head=head)})
        return xchange("run", "integration.yml", "--output", "json", *arguments)

    return go


def ran_flows(ran):
    document = json.loads(ran.out)
    found = [document, *document.get("executions", [])]
    return [(one["flow"], one["cause"], one["status"]) for one in sorted(found, key=lambda one: one["run"])]


FLOWS = (
    managed("Second Hooks", "instanceDeploy"),
    flow(SHOW, name="Webhook"),
    managed("Clean Up", "instanceRemove"),
    managed("First Hooks", "instanceDeploy"),
    managed("Clean More", "instanceRemove"),
)


def test_all_flows_of_a_deployment_run_in_the_order_of_the_file(run):
    ran = run(*FLOWS)

    assert (ran.code, ran_flows(ran)) == (
        0,
        [("Second Hooks", "deploy", "success"), ("First Hooks", "deploy", "success")],
    )


def test_all_flows_of_a_removal_run_in_the_order_of_the_file(run):
    ran = run(*FLOWS, arguments=("--remove",))

    assert (ran.code, ran_flows(ran)) == (
        0,
        [("Clean Up", "remove", "success"), ("Clean More", "remove", "success")],
    )


def test_recursive_and_batched_flows_run_on_a_deployment_when_they_ask_for_it(run):
    batched = "triggerResolver: {enabled: true, batchSize: 1, runInitialSyncOnDeploy: %s}\n"
    ran = run(
        recursive("Not Asked"),
        recursive("Declined", runOnDeploy="false"),
        recursive("Asked", runOnDeploy="true"),
        flow(SHOW, name="Synced", synchronous=False, more=batched % "true"),
        flow(SHOW, name="Unsynced", synchronous=False, more=batched % "false"),
    )

    assert [name for name, *_ in ran_flows(ran)] == ["Asked", "Synced"]


def test_a_flow_of_which_only_the_configuration_tells_is_named_and_not_run(run):
    variable = """configPages:
- {name: Page, elements: [{type: configVar, value: Sync}]}
requiredConfigVars:
- {key: Sync, dataType: boolean, defaultValue: 'true'}
"""
    ran = run(recursive("Maybe", runOnDeploy="{type: configVar, value: Sync}"), *FLOWS, head=variable)

    assert [name for name, *_ in ran_flows(ran)] == ["Second Hooks", "First Hooks"]
    assert " ".join(ran.err.split()) == (
        "warning: whether `Maybe` runs on a deployment is not written in the file (`runOnDeploy`); it is not run"
    )


def test_when_one_flow_fails_the_others_run_and_the_command_fails(run):
    ran = run(managed("Broken", "instanceDeploy", FAIL), managed("Sound", "instanceDeploy"))

    assert (ran.code, ran_flows(ran)) == (10, [("Broken", "deploy", "error"), ("Sound", "deploy", "success")])


def test_a_later_flow_that_fails_fails_the_command(run):
    ran = run(managed("Sound", "instanceDeploy"), managed("Broken", "instanceDeploy", FAIL))

    assert (ran.code, ran_flows(ran)) == (10, [("Sound", "deploy", "success"), ("Broken", "deploy", "error")])


def test_each_flow_sees_what_the_one_before_has_kept(run):
    keep = code("Keep", "return { data: 1, crossFlowState: { hook: 'h-1' } };")
    look = code("Look", "return { data: context.crossFlowState.hook };")
    ran = run(managed("Keep", "instanceDeploy", keep), managed("Look", "instanceDeploy", look))

    [other] = json.loads(ran.out)["executions"]
    assert other["steps"][-1]["result"] == "h-1"


def test_mocks_are_for_the_steps_of_all_flows_or_of_one(run):
    get = step("Get", "google-sheets", "getRow")
    flows = (managed("One", "instanceDeploy", get), managed("Two", "instanceDeploy", get))
    arguments = ("--deploy", "--mock", 'get="all"', "--mock", 'Two/get="two"')
    document = json.loads(run(*flows, arguments=arguments).out)

    assert document["steps"][-1]["result"] == "all"
    assert document["executions"][0]["steps"][-1]["result"] == "two"


@pytest.mark.parametrize(
    ("option", "message", "hint"),
    [
        (
            "--deploy",
            "no flow runs when the integration is deployed",
            "Such a flow has the trigger `Instance Deploy`.",
        ),
        (
            "--remove",
            "no flow runs when the integration is removed",
            "Such a flow has the trigger `Instance Remove`.",
        ),
    ],
)
def test_without_such_a_flow_there_is_nothing_to_run(option, message, hint, run):
    ran = run(flow(SHOW), arguments=(option,))

    error = json.loads(ran.out)
    assert (ran.code, error["code"], error["message"], error["hint"]) == (3, "not-found", message, hint)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--deploy", "--remove"), "--deploy and --remove do not go together"),
        (("--deploy", "--flow", "Webhook"), "--deploy and --flow do not go together"),
        (("--remove", "--payload", "-"), "--remove and --payload do not go together"),
        (("--deploy", "--trigger", "schedule"), "--deploy and --trigger do not go together"),
        (("--at", "next"), "--at is for schedules"),
        (("--trigger", "schedule", "--payload", "-"), "a flow that its schedule starts gets no payload"),
    ],
)
def test_options_that_ask_for_different_things_are_refused(arguments, message, run):
    ran = run(*FLOWS, arguments=arguments)

    assert (ran.code, json.loads(ran.out)["message"]) == (2, message)
