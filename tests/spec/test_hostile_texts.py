"""Texts of files that could steer a terminal: none of them reaches one as it is."""

import io
import json

import pytest

from runs import flow, integration, step
from xchange_cli.components.spec import ActionResult
from xchange_cli.document.parse import parse
from xchange_cli.engine.events import (
    IterationStarting,
    LoopStarted,
    RunFinished,
    RunStarted,
    Status,
    StepCall,
    StepFinished,
    StepStarting,
)
from xchange_cli.engine.view import RunView
from xchange_cli.formats.run_text import render
from xchange_cli.model.build import build
from xchange_cli.redaction import Redactor, Secret
from xchange_cli.source import Source

STEER = "\x1b]0;owned\x07\x9b2J\u202e"
SHOWN = "\ufffd]0;owned\ufffd\ufffd2J\ufffd"
COMPONENT = {
    "key": "own",
    "title": f"Own{STEER}",
    "summary": f"Does things{STEER}.",
    "notes": [f"A note{STEER}."],
    "data_sources": [f"choices{STEER}"],
    "actions": [
        {
            "key": "send",
            "title": f"Send{STEER}",
            "summary": f"Sends{STEER}.",
            "behaviour": [f"It sends{STEER}."],
            "output": {"description": f"What was sent{STEER}.", "example": {f"key{STEER}": f"value{STEER}"}},
            "inputs": [
                {
                    "key": f"text{STEER}",
                    "type": "string",
                    "default": f"a{STEER}",
                    "note": f"Any text{STEER}.",
                },
                {"key": "kind", "type": "string", "choices": [f"b{STEER}"]},
            ],
        }
    ],
    "connections": [
        {
            "key": "key",
            "label": f"Key{STEER}",
            "inputs": [{"key": "token", "type": "password", "note": f"Secret{STEER}."}],
        }
    ],
}


def steering(text):
    return [one for one in text if one != "\n" and not one.isprintable()]


@pytest.mark.parametrize("page", [["own"], ["own", "send"], ["own", "key"], []])
def test_a_component_of_ones_own_cannot_steer_the_terminal(page, project, xchange):
    folder = project({"xchange.yaml": "", "components/own.yml": json.dumps(COMPONENT)})
    ran = xchange("components", *page, cwd=folder)
    assert (ran.code, ran.err, steering(ran.out)) == (0, "", [])
    assert SHOWN in ran.out


def branching(name):
    branches = f"branches: [{{name: {json.dumps(name)}, steps: []}}]\n"
    return step("Choose", "branch", "branchOnValue", more=branches, inputValue="a")


def loop_around(text):
    inside = "".join(f"  {line}\n" for line in text.splitlines())
    return step("Each", "loop", "loopNTimes", more=f"steps:\n{inside}", iterationCount="2")


@pytest.mark.parametrize("around", [str, loop_around])
def test_the_name_of_a_branch_cannot_steer_the_terminal(around, project, xchange):
    name = f"High{STEER}"
    folder = project({"integration.yml": integration(flow(around(branching(name))))})
    mock = json.dumps({"branch": name, "result": 1})
    ran = xchange("run", "--mock", f"choose={mock}", cwd=folder)
    assert (ran.code, steering(ran.out + ran.err)) == (0, [])
    assert f"→ High{SHOWN}" in ran.out


@pytest.mark.parametrize("is_in_loop", [False, True])
def test_a_secret_in_the_name_of_a_branch_is_not_shown(is_in_loop):
    text = branching("open-sesame")
    model = build(parse(Source("x.yml", integration(flow(loop_around(text) if is_in_loop else text)))).root)
    around = [LoopStarted("each", "each", 1), IterationStarting("each", "each", 0)] if is_in_loop else []
    path = "each[0]/choose" if is_in_loop else "choose"
    events = (
        RunStarted("Flow"),
        *around,
        StepStarting(StepCall(path, "choose", "c", "a", {}, 1, {})),
        StepFinished(path, "choose", 1, ActionResult(1, branch="open-sesame")),
        RunFinished(Status.SUCCESS, None, None, {}),
    )
    out = io.StringIO()
    redactor = Redactor([Secret("Token", "open-sesame")])
    render(RunView("RUN", model.flows[0], iter(events), redactor, lambda: 0.0), out)
    assert "→ «secret: Token»" in out.getvalue()
    assert "sesame" not in out.getvalue()


def test_the_name_of_a_config_variable_cannot_steer_the_terminal(project, xchange):
    name = json.dumps(f"Size{STEER}")
    head = (
        f"configPages: [{{name: Page, elements: [{{type: configVar, value: {name}}}]}}]\n"
        f"requiredConfigVars: [{{key: {name}, dataType: string, orgOnly: false, defaultValue: a}}]\n"
    )
    send = step("Send", "http", "httpPost", url=f"{{type: configVar, value: {name}}}", responseType="json")
    folder = project({"integration.yml": integration(flow(send), head=head)})
    ran = xchange("run", "--mock", 'send={"error": "no"}', cwd=folder)
    assert (ran.code, steering(ran.out)) == (10, [])
    assert f"← config variable Size{SHOWN}" in ran.out
