"""What a run lists when there is very much to list, and what it sees of the environment."""

import json

import pytest

from runs import code, flow, integration, step
from strict_schemas import faults


@pytest.fixture
def files(project):
    """Write an integration of one flow, and files beside it."""

    def write(written, head="", **beside):
        return project({"integration.yml": integration(written, head=head), **beside})

    return write


def test_of_very_many_log_lines_the_first_and_the_last_are_listed_and_the_others_counted(files, xchange):
    files(flow(code("Talk", "for (let i = 0; i < 10007; i++) console.log(i);")))
    ran = xchange("run", "--output", "json")
    document = json.loads(ran.out)
    told = [int(line["message"]) for line in document["logs"]]
    assert told == [*range(5000), *range(5007, 10007)]
    assert (document["logsLeftOut"], "failuresLeftOut" in document) == (7, False)
    assert faults(ran.out, "run") == []


def test_of_very_many_failures_the_first_and_the_last_are_listed_and_the_others_counted(files, xchange):
    root = step("Root", "math", "sqrt", more="errorConfig: {errorHandlerType: ignore}\n")
    files(flow(step("Times", "loop", "loopNTimes", more=f"steps:\n{root}", iterationCount="1003")))
    ran = xchange("run", "--output", "json")
    document = json.loads(ran.out)
    failed = [one["path"] for one in document["steps"] if one["status"] == "ignored"]
    assert failed == [f"times[{number}]/root" for number in (*range(500), *range(503, 1003))]
    assert (document["failuresLeftOut"], "logsLeftOut" in document) == (3, False)
    assert faults(ran.out, "run") == []


def test_the_time_zone_of_the_environment_is_seen_by_placeholders_but_not_by_code(files, xchange):
    zone = "requiredConfigVars: [{key: Zone, dataType: string, defaultValue: UTC}]\n"
    seen = code("Look", 'return { data: [context.configVars["Zone"], new Date(0).getTimezoneOffset()] };')
    files(flow(seen), head=zone, **{"configs/here.yml": 'values: {Zone: "${env:TZ}"}\n'})
    ran = xchange("run", "--config", "here", "--output", "json", env={"TZ": "Asia/Tokyo"})
    assert json.loads(ran.out)["response"]["body"] == ["Asia/Tokyo", 0]
