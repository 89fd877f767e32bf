"""A project on disk whose runs are killed, mended and gone on with, and the little flows of those runs."""

import json

import pytest

from runs import code, flow, integration, step
from servers import answer, serving

CALLED = step("Called", "cross-flow", "crossFlow", is_trigger=True)
FAIL = code("Check", "throw new Error('no');")
PASS = code("Check", "return { data: 'checked' };")


@pytest.fixture
def server():
    with serving() as started:
        started.on("/ok", answer(200, {"ok": True}))
        yield started


class Runs:
    """A project, what runs in it, and which of its records are left."""

    def __init__(self, project, xchange):
        self._project = project
        self._xchange = xchange
        self.folder = project({"xchange.yaml": ""})
        self.records = self.folder / ".xchange" / "runs"

    def write(self, *flows, head="", **files):
        self._project({"integration.yml": integration(*flows, head=head), **files})

    def run(self, *arguments, text=False, **more):
        output = () if text else ("--output", "json")
        ran = self._xchange("run", "integration.yml", *arguments, *output, cwd=self.folder, **more)
        return ran if text else (ran.code, json.loads(ran.out))

    def resume(self, *arguments, run="last", cwd="", **more):
        words = ("run", "--resume", run, *arguments, "--output", "json")
        ran = self._xchange(*words, cwd=self.folder / cwd, **more)
        return ran.code, json.loads(ran.out)

    def records_of(self, flow_name):
        """Give the folders of a flow's records, the oldest first."""
        starts = {path.parent: json.loads(path.read_bytes()) for path in self.records.glob("*/run.json")}
        return sorted(folder for folder, start in starts.items() if start["flow"] == flow_name)

    def record_of(self, flow_name):
        [folder] = self.records_of(flow_name)
        return folder

    def kill(self, flow_name, lines):
        """Leave of a run what a process that was killed leaves, when it had written so many lines."""
        folder = self.record_of(flow_name)
        journal = folder / "journal.jsonl"
        journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:lines]))
        (folder / "end.json").unlink()


@pytest.fixture
def runs(project, xchange):
    return Runs(project, xchange)


def get(url, name="Get", **inputs):
    return step(name, "http", "httpGet", url=url, maxRetries="0", **inputs)


def call(name, data="nothing", more=""):
    return step(f"Call {name}", "cross-flow", "invokeFlow", flowName=name, data=data, more=more)


def callee(name, *steps, synchronous=False):
    return flow(*steps, name=name, trigger=CALLED, synchronous=synchronous)


def asked(server):
    return [got.target.partition("?")[2] for got in server.requests]


def told(document):
    executions = [document, *document.get("executions", [])]
    return [
        (one["flow"], one["cause"], one["status"]) for one in sorted(executions, key=lambda one: one["run"])
    ]
