"""Exit codes, and what the program says when it is given something that it cannot use."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest
from jsonschema import Draft202012Validator

from conftest import start_process
from xchange_cli.cli import streams
from xchange_cli.cli.crash import apologise
from xchange_cli.cli.exits import OF_ERROR
from xchange_cli.cli.params import wants_json
from xchange_cli.cli.session import Session
from xchange_cli.errors import ErrorCode
from xchange_cli.schemas import schema

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
BAD = GOOD.replace("inputs: {}", "inputs: {body: {type: value, value: '', extra: 1}}").replace(
    "isTrigger: true", "isTrigger: yes"
)
BROKEN_INSTALLATION = "import sys; sys.modules['xchange_cli.validation.many'] = None"


BECOME_NOBODY = """
import atexit, contextlib, hashlib, io, os
from xchange_cli.cli.app import run
with contextlib.redirect_stdout(io.StringIO()):
    run(["validate", "open.yml"])  # loads what the other user perhaps may not
os.seteuid(65534)
atexit.register(os.seteuid, 0)  # for what measures coverage
"""


def clean(text):
    return "Traceback" not in text


def test_every_error_code_has_an_exit_code():
    assert set(OF_ERROR) == set(ErrorCode)


def test_no_finding_gives_0(xchange, project):
    folder = project({"integration.yml": GOOD})
    assert xchange("validate", "integration.yml", cwd=folder).code == 0


def test_an_error_gives_1(xchange, project):
    folder = project({"integration.yml": BAD})
    assert xchange("validate", "integration.yml", cwd=folder).code == 1


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("info", 1)])
def test_a_warning_gives_1_only_if_asked_for(xchange, project, level, code):
    folder = project({"integration.yml": GOOD + "colour: red\n"})
    assert xchange("validate", "integration.yml", "--fail-on", level, cwd=folder).code == code


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["validate", "--nonsense"], "error: no such option: --nonsense"),
        (["nonsense"], "error: no such command 'nonsense'"),
        (["explain"], "error: missing argument 'RULE|CHANGE|FINGERPRINT'"),
        (
            ["validate", "--output", "xml"],
            "'xml' is not one of text, github, gitlab, json, jsonl, junit, markdown, sarif",
        ),
        (["validate", "--fail-on", "doom"], "--fail-on"),
    ],
)
def test_wrong_usage_gives_2_and_one_message(xchange, arguments, message):
    code, out, err = xchange(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert err.endswith("--help` shows how it is used.\n")
    assert len(err.splitlines()) <= 3


def test_wrong_usage_is_told_as_json_to_those_who_asked_for_json(xchange):
    code, out, err = xchange("validate", "--nonsense", "--output", "json")
    data = json.loads(out)
    Draft202012Validator(schema("error")).validate(data)
    assert (code, err, data["schema"], data["code"]) == (2, "", "xchange.error/1", "usage")


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["--output", "json"], True),
        (["--output=json"], True),
        (["-o", "json"], True),
        (["-ojson"], True),
        (["--output", "jsonl"], True),
        (["--output", "text"], False),
        (["-otext"], False),
        (["--output"], False),
        (["--", "--output", "json"], False),
        (["-o", "json", "--output=text"], False),
        (["-otext", "--output", "json"], True),
        (["--output", "-o", "json"], False),
        ([], False),
    ],
)
def test_json_is_recognised_however_it_is_asked_for(arguments, answer):
    assert wants_json(["validate", *arguments]) is answer


def test_no_argument_shows_the_help_and_gives_2(xchange):
    code, out, err = xchange()
    assert "Usage: xchange" in out
    assert (code, err) == (2, "")


def test_the_version_is_a_line(xchange):
    assert xchange("--version") == (0, "xchange 0.1.0\n", "")


@pytest.mark.parametrize("command", ["validate", "explain", "rules", "components"])
def test_help_of_every_command_has_examples_line_by_line(xchange, command):
    code, out, err = xchange(command, "--help")
    lines = out.splitlines()
    examples = lines[next(n for n, line in enumerate(lines) if line.strip() == "Examples:") + 2 :]
    assert examples[0].startswith(f"   xchange {command}")
    assert all(len(line) <= 80 for line in lines)
    assert "\x1b" not in out
    assert (code, err) == (0, "")


def test_a_path_that_is_not_there_gives_3_and_the_nearest_name(xchange, project):
    folder = project({"orders.yml": GOOD})
    code, out, err = xchange("validate", "order.yml", cwd=folder)
    assert (code, out) == (3, "")
    assert err == "error: order.yml does not exist\nhint: Did you mean orders.yml?\n"


def test_a_key_that_is_not_there_gives_3_and_the_nearest_key(xchange, project):
    folder = project({"integrations/acme/integration.yml": GOOD})
    code, _, err = xchange("validate", "amce", cwd=folder)
    assert code == 3
    assert err == ("error: amce does not exist, and no integration has this key\nhint: Did you mean acme?\n")


def test_a_missing_path_is_told_as_json_to_those_who_asked_for_json(xchange):
    code, out, err = xchange("validate", "nowhere", "--output=json")
    assert (code, err) == (3, "")
    data = json.loads(out)
    Draft202012Validator(schema("error")).validate(data)
    assert (data["code"], data["retryable"]) == ("not-found", False)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("nope.yml", "Check the path."),
        ("ordres.yaml", "Did you mean orders.yml?"),
        ("orders", "Did you mean orders.yml?"),
        ("integration/amce", "Check the path."),
        ("integrations/amce", "Did you mean integrations/acme?"),
        ("integrations/empt", "Check the path."),
        ("note.yml", "Check the path."),
        ("xchang.yaml", "Check the path."),
    ],
)
def test_only_what_could_be_an_integration_is_suggested(xchange, project, name, hint):
    folder = project(
        {
            "orders.yml": GOOD,
            "bin.yml": GOOD,
            "notes.txt": "",
            "integrations/acme/integration.yml": GOOD,
            "integrations/empty/readme.md": "",
            "xchange.yaml": "",
        }
    )
    code, _, err = xchange("validate", name, cwd=folder)
    assert (code, err.splitlines()[-1]) == (3, f"hint: {hint}")


def test_a_folder_without_integration_gives_3(xchange, project):
    folder = project({"things/readme.md": "hello", "loose/orders.yml": GOOD})
    code, _, err = xchange("validate", "things", cwd=folder)
    assert code == 3
    assert err == (
        "error: things has no integration: no integration.yml in it or below it\nhint: Check the path.\n"
    )
    assert 'such as "loose/*.yml"' in xchange("validate", "loose", cwd=folder).err


def test_an_empty_project_gives_3(xchange):
    code, _, err = xchange("validate")
    assert code == 3
    assert err.startswith("error: no integration here: no file matches integrations/*/integration.yml")


def test_a_pattern_that_matches_nothing_gives_3(xchange):
    code, _, err = xchange("validate", "*.nothing")
    assert (code, err) == (3, "error: no file matches *.nothing\nhint: Check the pattern.\n")


def test_a_folder_without_permission_gives_3(project, xchange_process):
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("needs another user, to whom permissions apply")
    folder = project({"closed/integration.yml": GOOD, "open.yml": GOOD})
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o755)
    (folder / "closed").chmod(0)
    for name in ("closed", "closed/integration.yml"):
        ran = xchange_process("validate", name, cwd=folder, python=BECOME_NOBODY)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith("error: ")
        assert ran.err.endswith("closed cannot be read: Permission denied\n") or name.endswith("yml")


def test_a_name_that_no_file_can_have_gives_3(xchange):
    code, out, err = xchange("validate", "x" * 5000)
    assert (code, out) == (3, "")
    assert "cannot be read: File name too long" in err


def test_an_unreadable_file_among_others_gives_3_and_all_findings(xchange, project):
    folder = project({"a.yml": BAD, "c.yml": GOOD})
    (folder / "b.yml").symlink_to("nowhere.yml")
    code, out, err = xchange("validate", "*.yml", cwd=folder)
    assert (code, err) == (3, "")
    assert "b.yml:1:1: error unreadable-file: b.yml is a link to a file that does not exist\n" in out
    assert "a.yml:" in out
    assert "3 files, 2 flows, 2 steps: " in out


def test_a_file_without_permission_gives_3(project, xchange_process):
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("needs another user, to whom permissions apply")
    folder = project({"secret.yml": GOOD, "open.yml": GOOD})
    (folder / "secret.yml").chmod(0)
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o755)
    ran = xchange_process("validate", "secret.yml", cwd=folder, python=BECOME_NOBODY)
    assert ran.code == 3
    assert "secret.yml:1:1: error unreadable-file: secret.yml cannot be read: Permission denied" in ran.out
    assert clean(ran.err)


@pytest.mark.parametrize(
    ("name", "content", "code", "expected"),
    [
        ("empty.yml", b"", 1, "empty.yml:1:1: error empty-file: the file is empty"),
        ("blank.yml", b"\n\n", 1, "error empty-file"),
        (
            "junk.yml",
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
            3,
            "junk.yml:1:1: error unreadable-file: not UTF-8",
        ),
        ("nul.yml", b"name: a\0b\n", 1, "nul.yml:1:8: error "),
        ("text.yml", b"just some words", 1, "text.yml:1:1: error wrong-type"),
        ("big.yml", b"# padding\n" * 5_242_880, 3, "error unreadable-file: big.yml is too large: 50.0 MiB"),
        ("deep.yml", b"[" * 100_000, 1, "deep.yml:1:201: error too-deep: "),
        ("deep.json", b'{"a":' * 100_000, 3, "error unreadable-file: this is no file that xchange checks"),
        (
            "types.yml",
            b"flows: [1, [], {steps: {}}, {steps: [1, {action: 5, inputs: [x]}]}]",
            1,
            "types.yml:1:",
        ),
        ("bomb.yml", b"a: &a [1,1]\nb: &b [*a,*a]\n" + b"b: &b [*b,*b]\n" * 40, 1, "bomb.yml:"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith((".yml", ".json")) else "",
)
def test_bad_input_gives_a_message_with_a_place_and_no_traceback(
    xchange, tmp_path, name, content, code, expected
):
    (tmp_path / name).write_bytes(content)
    ran = xchange("validate", name)
    assert ran.code == code
    assert expected in ran.out
    assert clean(ran.out + ran.err)
    assert len(ran.out) < 60_000


def test_control_characters_of_a_file_do_not_reach_the_terminal(xchange, project):
    folder = project({"integration.yml": GOOD.replace("name: Flow", 'name: Flow\n    "\\e[2J": "a\u202eb"')})
    out = xchange("validate", "integration.yml", cwd=folder).out
    assert out.replace("\n", "").isprintable()
    assert "unknown-key" in out


def test_standard_input_is_validated(xchange):
    code, out, _ = xchange("validate", "-", input=BAD)
    assert code == 1
    assert out.startswith("<stdin>:8:")


def test_a_bug_gives_70_an_apology_and_a_report(project, xchange_process):
    folder = project({"integration.yml": GOOD, "xchange.yaml": ""})
    ran = xchange_process("validate", "integration.yml", cwd=folder, python=BROKEN_INSTALLATION)
    assert (ran.code, ran.out) == (70, "")
    assert ran.err.startswith("Sorry: this is a bug in xchange (ModuleNotFoundError: ")
    assert clean(ran.err)
    (report,) = (folder / ".xchange" / "crashes").glob("*.txt")
    assert str(report) in ran.err
    text = report.read_text()
    assert text.startswith("xchange 0.1.0\nPython ")
    assert "Traceback (most recent call last)" in text
    assert "arguments: ['validate', 'integration.yml']" in text
    assert os.environ["PATH"] not in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_the_report_of_a_bug_is_private_and_not_for_git(project, xchange_process):
    folder = project({"integration.yml": GOOD, "xchange.yaml": ""})
    assert xchange_process("validate", "integration.yml", cwd=folder, python=BROKEN_INSTALLATION).code == 70

    local = folder / ".xchange"
    (report,) = (local / "crashes").iterdir()
    rights = [oct(path.stat().st_mode & 0o777) for path in (local, local / "crashes", report)]
    assert rights == ["0o700", "0o700", "0o600"]
    assert (local / ".gitignore").read_text() == "*\n"


def test_a_report_goes_to_the_temporary_folder_where_the_project_cannot_be_written(tmp_path, xchange_process):
    (tmp_path / "xchange.yaml").touch()
    (tmp_path / ".xchange").write_text("a file where a folder is needed")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    ran = xchange_process("validate", python=BROKEN_INSTALLATION, env={"TMPDIR": str(temporary)})
    assert ran.code == 70
    (report,) = (temporary / "xchange-crashes").glob("*.txt")
    assert str(report) in ran.err


def test_a_report_goes_to_the_temporary_folder_where_there_is_no_project(tmp_path, xchange_process):
    work, temporary = tmp_path / "work", tmp_path / "tmp"
    work.mkdir()
    temporary.mkdir()
    ran = xchange_process("validate", cwd=work, python=BROKEN_INSTALLATION, env={"TMPDIR": str(temporary)})
    assert ran.code == 70
    (report,) = (temporary / "xchange-crashes").glob("*.txt")
    assert str(report) in ran.err
    assert list(work.iterdir()) == []


@pytest.mark.parametrize("arguments", [["validate", "--output", "json"], ["run", "x.yml", "-o", "jsonl"]])
def test_a_bug_is_told_as_json_to_those_who_asked_for_json(arguments, project, xchange_process):
    folder = project({"x.yml": GOOD, "xchange.yaml": ""})
    broken = "import sys; sys.modules['xchange_cli.project.find'] = None"
    ran = xchange_process(*arguments, cwd=folder, python=broken)
    data = json.loads(ran.out)
    Draft202012Validator(schema("error")).validate(data)
    (report,) = (folder / ".xchange" / "crashes").glob("*.txt")
    assert (ran.code, data["code"], data["retryable"]) == (70, "bug", False)
    assert data["message"].startswith("this is a bug in xchange (ModuleNotFoundError: ")
    assert data["hint"] == (
        f"What happened is written to {report}; please look it through and send it with your report."
    )
    assert ran.err == f"Sorry: {data['message']}.\n{data['hint']}\n"


def test_an_error_that_cannot_even_be_told_is_apologised_for(capsys):
    class UnspeakableError(Exception):
        def __str__(self):
            raise RuntimeError

    assert apologise(UnspeakableError(), [], Session(), as_json=False) == 70
    assert capsys.readouterr().err.startswith(
        "Sorry: this is a bug in xchange (UnspeakableError).\nThe report could not be written; "
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no folder that somebody is in")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["validate"], 3), (["run", "x.yml"], 3), (["components"], 3), (["rules"], 0), (["--help"], 0)],
)
def test_a_working_folder_that_was_deleted_gives_a_message(arguments, code, tmp_path, xchange_process):
    gone = tmp_path / "gone"
    gone.mkdir()
    ran = xchange_process(*arguments, cwd=gone, python=f"import os; os.rmdir({str(gone)!r})")
    assert ran.code == code
    assert ran.err == ("" if code == 0 else NO_FOLDER)


NO_FOLDER = (
    "error: the working folder cannot be read: No such file or directory\n"
    "hint: Perhaps it was deleted; change to a folder that exists.\n"
)


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no folder that somebody is in")
def test_a_bug_in_a_working_folder_that_was_deleted_gives_an_apology(tmp_path, xchange_process):
    gone, temporary = tmp_path / "gone", tmp_path / "tmp"
    gone.mkdir()
    temporary.mkdir()
    broken = (
        f"import os; os.rmdir({str(gone)!r}); import sys; sys.modules['xchange_cli.validation.pages'] = None"
    )
    ran = xchange_process("rules", cwd=gone, python=broken, env={"TMPDIR": str(temporary)})
    (report,) = (temporary / "xchange-crashes").glob("*.txt")
    assert (ran.code, str(report) in ran.err, clean(ran.err)) == (70, True, True)


@pytest.mark.skipif(os.name == "nt", reason="closes a POSIX stream")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["validate", "-"], 1), (["run", "x.yml"], 0), (["run", "x.yml", "--payload", "-"], 0)],
)
def test_a_closed_standard_input_is_an_empty_one(arguments, code, project):
    folder = project({"x.yml": GOOD})
    program = "from xchange_cli.__main__ import main; main()"
    closed = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-c", program, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (closed.returncode, closed.stderr) == (code, "")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "ascii", "cp1252"])
def test_output_to_a_program_is_utf_8_whatever_the_machine_prefers(encoding, project, tmp_path):
    folder = project({"integration.yml": GOOD + "größe: 5 €\n"})
    process = start_process(
        "validate",
        "integration.yml",
        "--output",
        "json",
        cwd=folder,
        env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        encoding="utf-8",
    )
    out, _ = process.communicate(timeout=60)
    (found,) = json.loads(out)["findings"]
    assert "größe" in out
    assert found["message"].count("größe") == 1


def test_escape_codes_are_switched_on_in_windows_consoles(monkeypatch):
    class Kernel:
        modes: ClassVar = {101: 3, 102: None}

        def GetStdHandle(self, number):  # noqa: N802 - the name is the system's
            return 90 - number

        def GetConsoleMode(self, handle, mode):  # noqa: N802
            if self.modes[handle] is None:  # no console
                return 0
            mode._obj.value = self.modes[handle]
            return 1

        def SetConsoleMode(self, handle, mode):  # noqa: N802
            self.modes[handle] = mode

    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=Kernel()), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    streams.switch_on_escape_codes()
    assert Kernel.modes == {101: 7, 102: None}


def test_a_broken_component_of_ones_own_is_told(xchange, project):
    folder = project({"components/own.yml": "key: own\ntitle: 5\n", "xchange.yaml": ""})
    code, out, err = xchange("components", "own", cwd=folder)
    assert (code, out) == (3, "")
    assert err.startswith("components/own.yml:")
    assert err.endswith("error: there is no component `own`\nhint: `xchange components` lists them.\n")
    listed = xchange("components", "--output", "json", cwd=folder)
    assert (listed.code, listed.err.startswith("components/own.yml:")) == (0, True)
    assert json.loads(listed.out)["schema"] == "xchange.components/1"


def test_an_apology_is_made_even_where_no_report_can_be_written(tmp_path, xchange_process):
    (tmp_path / "xchange.yaml").touch()
    (tmp_path / ".xchange").write_text("a file where a folder is needed")
    (tmp_path / "xchange-crashes").write_text("another one")
    ran = xchange_process("validate", python=BROKEN_INSTALLATION, env={"TMPDIR": str(tmp_path)})
    assert ran.code == 70
    assert "The report could not be written; please" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="closes a POSIX pipe")
def test_a_closed_pipe_gives_141_in_silence(tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    process = start_process("components", cwd=tmp_path, stdout=writer)
    os.close(writer)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, "")


@pytest.mark.skipif(os.name == "nt", reason="closes a POSIX pipe")
def test_a_closed_pipe_gives_141_for_output_that_only_leaves_at_the_end(project):
    folder = project({"integration.yml": GOOD})
    reader, writer = os.pipe()
    os.close(reader)
    process = start_process("validate", "integration.yml", cwd=folder, stdout=writer)
    os.close(writer)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, "")


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_an_interrupt_gives_130_and_one_word(tmp_path, interrupts):
    process = start_process("validate", "-", cwd=tmp_path, stdin=subprocess.PIPE, python=SAY_WHEN_READING)
    assert process.stderr.readline() == "reading\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "interrupted\n")


SAY_WHEN_READING = """
import io, sys
class Telling(io.RawIOBase):
    def readable(self): return True
    def read(self, size=-1):
        sys.stderr.write("reading\\n"); sys.stderr.flush()
        return open(0, "rb", closefd=False).read()
class Input:
    buffer = Telling()
sys.stdin = Input()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts child processes in /proc")
def test_an_interrupt_also_ends_the_worker_processes(project, interrupts):
    folder = project({f"integrations/i{n}/integration.yml": GOOD for n in range(3000)})
    process = start_process("validate", cwd=folder, start_new_session=True)
    deadline = time.monotonic() + 30
    while not children(process.pid) and process.poll() is None and time.monotonic() < deadline:
        pass
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "interrupted\n")


def children(pid):
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [["components"], ["validate", "integration.yml"], ["validate", "nowhere", "--output", "json"]],
)
def test_a_full_disk_gives_a_message_and_no_traceback(project, arguments):
    folder = project({"integration.yml": GOOD})
    with Path("/dev/full").open("w") as full:
        process = start_process(*arguments, cwd=folder, stdout=full)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (3, "error: the output cannot be written: No space left on device\n")


def test_colour_is_used_only_on_a_terminal(xchange, project):
    folder = project({"integration.yml": BAD})
    ran = xchange("validate", "integration.yml", cwd=folder, env={"NO_COLOR": "", "FORCE_COLOR": "1"})
    assert "\x1b" not in ran.out
