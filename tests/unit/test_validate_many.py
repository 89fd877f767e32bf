"""Many files: the same findings in one process and in several, in the order of the files."""

import os
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from xchange_cli.diagnostics import Severity
from xchange_cli.processes import share_out
from xchange_cli.project.project import Project
from xchange_cli.project.targets import Target, resolve
from xchange_cli.validation.many import validate_many
from xchange_cli.validation.result import FileResult

GOOD = """\
definitionVersion: 7
name: Orders
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
ODD = GOOD + "colour: red\n"
COMPONENT = "{key: erp, title: ERP, actions: [{key: getOrder, inputs: []}]}\n"


def check(folder, processes=1, **more):
    project = Project.find(folder)
    return validate_many(project, resolve(project, [], folder), folder, processes=processes, **more)


def seen(result):
    return [(found.span.place, found.rule, found.severity, found.fingerprint) for found in result.diagnostics]


@pytest.mark.usefixtures("alone")
def test_processes_find_what_one_process_finds_in_the_same_order(project):
    texts = [GOOD, ODD, "", "[", GOOD.replace("Trigger\n", "Other\n")]
    folder = project({f"integrations/i{n:03}/integration.yml": texts[n % 5] for n in range(90)})
    (folder / "integrations/i050/integration.yml").unlink()
    (folder / "integrations/i050/integration.yml").symlink_to("nowhere")
    one, two = check(folder), check(folder, processes=2)
    assert seen(one) == seen(two)
    assert one._replace(diagnostics=(), seconds=0) == two._replace(diagnostics=(), seconds=0)
    assert (one.files, one.has_unreadable, one.ok) == (90, True, False)
    names = [found.span.source.name for found in two.diagnostics]
    assert names == sorted(names)


HERE = os.getpid()
TARGETS = [Target(f"{n}.yml", "", Path(f"{n}.yml")) for n in range(41)]


@pytest.fixture
def alone(monkeypatch):
    """The test runner has threads of its own, which splitting leaves behind: harmless here."""
    monkeypatch.setattr("xchange_cli.processes.can_fork", lambda: True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


@pytest.fixture
def met():
    """The first piece of work here waits until another process has begun one: it is sure to get one then."""
    begun, begin = os.pipe()
    waiting = iter([True])

    def meet():
        if os.getpid() != HERE:
            os.write(begin, b".")
        elif next(waiting, False):
            os.read(begun, 1)

    yield meet
    os.close(begun)
    os.close(begin)


def name_of(target):
    return FileResult(target.name)


def fails_here(target):
    raise ValueError(target.name)


@pytest.mark.usefixtures("alone")
def test_a_failing_worker_is_a_bug_with_its_traceback(met):
    def fails_elsewhere(target):
        met()
        if os.getpid() != HERE:
            raise ValueError(target.name)
        return FileResult(target.name)

    with pytest.raises(RuntimeError, match=r"(?s)a worker process failed:.*in fails_elsewhere.*ValueError: "):
        share_out(fails_elsewhere, TARGETS, 2)


@pytest.mark.usefixtures("alone")
def test_what_a_worker_had_taken_that_dies_is_checked_here(met):
    def dies_elsewhere(target):
        met()
        if os.getpid() != HERE:
            os._exit(3)
        return FileResult(target.name)

    found = share_out(dies_elsewhere, TARGETS, 3)
    assert [result.name for result in found] == [target.name for target in TARGETS]


ENDED = """\
import os, signal
from pathlib import Path
from xchange_cli.project.targets import Target
from xchange_cli.processes import share_out

HERE = os.getpid()
begun, begin = os.pipe()


def check(target):
    if os.getpid() == HERE:
        os.read(begun, 1)
        os.kill(HERE, signal.SIGTERM)
    os.write(1, target.name.encode())
    os.write(begin, b".")
    while os.getppid() == HERE:
        pass


share_out(check, [Target(f"{n}.yml", "", Path(f"{n}.yml")) for n in range(9)], 2)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there processes are split")
def test_a_worker_goes_no_further_when_the_program_is_ended():
    ended = subprocess.run([sys.executable, "-c", ENDED], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (-signal.SIGTERM, b"")
    assert ended.stdout in {b"0.yml", b"1.yml"}  # one of the two that were begun


@pytest.mark.usefixtures("alone")
def test_a_failure_here_ends_the_workers_too(monkeypatch):
    fork, children = os.fork, []
    monkeypatch.setattr(os, "fork", lambda: children.append(fork()) or children[-1])
    with pytest.raises(ValueError, match=r"\d+\.yml"):
        share_out(fails_here, TARGETS, 2)
    with pytest.raises(ChildProcessError):
        os.waitpid(children[0], os.WNOHANG)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("processes", [2, 3])
def test_results_come_in_the_order_of_the_targets(processes):
    found = share_out(name_of, TARGETS, processes)
    assert [result.name for result in found] == [target.name for target in TARGETS]


def test_where_a_process_cannot_be_split_new_ones_find_the_same(project, monkeypatch):
    monkeypatch.setattr("xchange_cli.processes.can_fork", lambda: False)
    folder = project({f"integrations/i{n}/integration.yml": [GOOD, ODD][n % 2] for n in range(4)})
    assert seen(check(folder, processes=2)) == seen(check(folder))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("'off'", []), ("info", [Severity.INFO]), ("warning", [Severity.WARNING]), ("error", [Severity.ERROR])],
)
def test_a_project_grades_rules(project, wanted, expected):
    settings = f"lint: {{rules: {{unknown-key: {wanted}}}}}\n"
    folder = project({"xchange.yaml": settings, "integrations/a/integration.yml": ODD})
    assert [found.severity for found in check(folder).diagnostics] == expected


def test_the_project_file_is_checked_too(project):
    settings = "lint: {rules: {unknown-kee: 'off'}}\nintegration: []\n"
    folder = project({"xchange.yaml": settings, "integrations/a/integration.yml": GOOD})
    found = {(str(f.span.place), f.rule, f.severity.value, f.hint) for f in check(folder).diagnostics}
    assert found == {
        ("xchange.yaml:1:16", "unknown-key", "error", "Did you mean `unknown-key`?"),
        ("xchange.yaml:2:1", "unknown-key", "error", "Did you mean `integrations`?"),
    }


def test_own_components_are_known_from_their_specification(project):
    step = (
        "      - {name: Get, action: {key: getOrder, component: {key: erp, isPublic: false}}, inputs: {}}\n"
    )
    files = {"integrations/a/integration.yml": GOOD + step}
    folder = project(files)
    assert {found.rule for found in check(folder).diagnostics} == {"unknown-component"}
    project({"components/erp.yml": COMPONENT})
    assert check(folder).diagnostics == ()


def test_a_broken_specification_is_a_finding_and_the_component_is_left_out(project):
    folder = project(
        {
            "integrations/a/integration.yml": GOOD,
            "components/a.yml": COMPONENT.replace("title: ERP, ", ""),
            "components/b.yml": "",
            "components/c.yml": COMPONENT,
            "components/d.yml": COMPONENT,
        }
    )
    found = [(f.span.source.name, f.rule) for f in check(folder).diagnostics]
    assert found == [
        ("components/a.yml", "missing-key"),
        ("components/b.yml", "empty-file"),
        ("components/d.yml", "duplicate-key"),
    ]


@pytest.mark.parametrize(
    ("level", "ok"), [(Severity.ERROR, True), (Severity.WARNING, False), (Severity.INFO, False)]
)
def test_the_fail_level_decides_what_is_ok(project, level, ok):
    folder = project({"integrations/a/integration.yml": ODD})
    assert check(folder, fail_on=level).ok is ok
