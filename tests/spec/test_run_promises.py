"""Promises of `xchange run`: nothing is skipped silently, and nothing is opened that no step asks for."""

import json
import shutil

import pytest

from conftest import REPOSITORY
from runs import flow, integration, loop, step

EXAMPLE = REPOSITORY / "examples" / "order-intake"
FIND = step("Find Total", "pdf", "findPattern", pdfData="x", searchPattern="x")


@pytest.mark.parametrize(
    "steps",
    [
        FIND,
        loop("Each", "trigger.results.body.data", FIND),
        step(
            "Find Total",
            "pdf",
            "findPattern",
            more="errorConfig: {errorHandlerType: ignore}\n",
            pdfData="x",
            searchPattern="x",
        ),
        step("Find Total", "nobody-knows-this", "doIt"),
    ],
    ids=["alone", "in a loop", "with errors ignored", "of an unknown component"],
)
def test_an_action_without_local_code_is_never_skipped_silently(steps, project, xchange):
    project({"integration.yml": integration(flow(steps))})
    ran = xchange("run", "--payload", "-", "--output", "json", input="[1]")
    error = json.loads(ran.out)["error"]
    assert ran.code == 10
    assert error["kind"] == "not-implemented"
    assert error["path"].endswith("findTotal")
    assert "--mock findTotal=FILE" in error["message"]
    assert "components/" in error["message"]
    assert "`Find Total`" in ran.err


NO_SOCKETS = """
import sys
def refuse(name, arguments):
    if name.startswith("socket."):
        sys.stderr.write(f"{name}\\n")
        raise RuntimeError("a socket is opened")
sys.addaudithook(refuse)
"""


@pytest.fixture
def example(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "example", ignore=shutil.ignore_patterns(".xchange"))


def test_a_run_opens_no_connection_that_its_steps_do_not_ask_for(example, xchange_process):
    ran = xchange_process("run", "--config", "dev", "--payload", "order", cwd=example, python=NO_SOCKETS)
    assert (ran.code, ran.err) == (0, "")


def test_the_guard_of_the_test_above_sees_connections(example, xchange_process):
    opened = f"{NO_SOCKETS}\nimport socket\nsocket.socket()"
    ran = xchange_process("run", "--config", "dev", cwd=example, python=opened)
    assert ran.code == 1
    assert ran.err.startswith("socket.__new__\n")
