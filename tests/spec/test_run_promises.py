"""Promises of `xchange run`: nothing is skipped silently, and nothing is opened that no step asks for."""

import json

import pytest

from conftest import REPOSITORY
from runs import flow, integration, loop, step

EXAMPLE = REPOSITORY / "examples" / "order-intake"
POST = step("Post Order", "http", "httpPost", url="https://api.example.test", responseType="json")


@pytest.mark.parametrize(
    "steps",
    [
        POST,
        loop("Each", "trigger.results.body.data", POST),
        step(
            "Post Order",
            "http",
            "httpPost",
            more="errorConfig: {errorHandlerType: ignore}\n",
            url="x",
            responseType="json",
        ),
        step("Post Order", "nobody-knows-this", "doIt"),
    ],
    ids=["alone", "in a loop", "with errors ignored", "of an unknown component"],
)
def test_an_action_without_local_code_is_never_skipped_silently(steps, project, xchange):
    project({"integration.yml": integration(flow(steps))})
    ran = xchange("run", "--payload", "-", "--output", "json", input="[1]")
    error = json.loads(ran.out)["error"]
    assert ran.code == 10
    assert error["kind"] == "not-implemented"
    assert error["path"].endswith("postOrder")
    assert "--mock postOrder=FILE" in error["message"]
    assert "components/" in error["message"]
    assert "`Post Order`" in ran.err


NO_SOCKETS = """
import sys
def refuse(name, arguments):
    if name.startswith("socket."):
        sys.stderr.write(f"{name}\\n")
        raise RuntimeError("a socket is opened")
sys.addaudithook(refuse)
"""


def test_a_run_opens_no_connection_that_its_steps_do_not_ask_for(xchange_process):
    ran = xchange_process("run", "--config", "dev", "--payload", "order", cwd=EXAMPLE, python=NO_SOCKETS)
    assert (ran.code, ran.err) == (0, "")


def test_the_guard_of_the_test_above_sees_connections(xchange_process):
    opened = f"{NO_SOCKETS}\nimport socket\nsocket.socket()"
    ran = xchange_process("run", "--config", "dev", cwd=EXAMPLE, python=opened)
    assert ran.code == 1
    assert ran.err.startswith("socket.__new__\n")
