"""`xchange runs`: the runs of a machine listed, looked at again, and removed."""

import json
import os
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from flows import built, fails, follows, gives, integration, integration_of, repeats, says, step, value
from recorded_runs import FIRST, begin, record, start_of_run
from strict_schemas import closed, faults
from xchange_cli.components.spec import FlowCall
from xchange_cli.engine.events import StepCall
from xchange_cli.record.lock import is_held
from xchange_cli.redaction import Redactor, Secret
from xchange_cli.schemas import schema
from xchange_cli.ulid import ulid

GOLDEN = Path(__file__).parent / "runs"
ORDERS = integration(
    """
    Trigger
    Fetch Order <- id: trigger.results.body.data.id
    Each Line <- items: fetchOrder.results.lines
      Check Stock <- line: eachLine.currentItem
        ? Enough
          Post Line | retry 2 every 5
        ? Else
          Note
    Close Order <- posted: eachLine.results
    """,
    synchronous=True,
)
SCRIPT = {
    "trigger": gives({"body": {"data": {"id": 7}}}),
    "fetchOrder": says(
        "fetching order 7", warnings=("platforms may cache this",), data={"lines": ["a", "b", "c"]}
    ),
    "eachLine": repeats("a", "b", "c"),
    "checkStock": follows("Enough"),
    "eachLine[1]/postLine": fails("HTTP 500"),
    "eachLine[2]/checkStock": follows("Else"),
}
KEY = Secret("Api.key", "k3y-of-the-api")
ACT = "{key: act, component: {key: scripted, isPublic: true, version: LATEST}}"


def run_id(number):
    return f"{FIRST[:-4]}{number:04}"


def started(number, **more):
    at = f"2024-05-17T09:{30 + number}:15.886Z"
    return start_of_run(run_id=run_id(number), started_at=at, **more)


@pytest.fixture
def folder(tmp_path):
    """A project with runs of all kinds."""
    runs = tmp_path / ".xchange" / "runs"
    runs.mkdir(parents=True)
    record(runs, ORDERS, SCRIPT, start=started(1, config_name="dev"))
    record(runs, ORDERS, {**SCRIPT, "closeOrder": fails("it is locked")}, start=started(2, cause="schedule"))
    called = {"parent": run_id(2), "cause": "cross-flow", "path": "closeOrder"}
    record(runs, ORDERS, SCRIPT, start=started(3, **called), most=14)
    record(runs, ORDERS, SCRIPT, start=started(4, parent=run_id(3), cause="retry", attempt=2))
    record(runs, integration("Trigger"), start=started(5, integration_key="stock"))
    (runs / run_id(6)).mkdir()
    return tmp_path


@pytest.fixture
def runs(xchange, folder):
    def call(*arguments):
        return xchange("runs", *arguments, cwd=folder)

    return call


def listed(ran):
    return [(run["run"][-1], run["status"]) for run in json.loads(ran.out)["runs"]]


# --- list


def test_runs_are_listed_newest_first_each_above_those_that_it_led_to(runs, golden):
    code, out, err = runs()

    assert (code, err) == (0, "")
    golden(GOLDEN / "list.golden", out)
    assert out == runs("list").out


def test_a_list_for_programs_tells_all_that_is_known_at_a_glance(runs):
    ran = runs("--output", "json")

    assert (ran.code, ran.err, faults(ran.out, "runs-output")) == (0, "", [])
    assert listed(ran) == [
        ("6", "unreadable"), ("5", "success"), ("2", "error"), ("3", "interrupted"), ("4", "success"), ("1", "success"),
    ]  # fmt: skip
    failed = json.loads(ran.out)["runs"][2]
    seconds, ended_at = failed.pop("seconds"), failed.pop("endedAt")
    assert seconds >= 0
    assert ended_at.startswith("2024-05-17T09:30:15.")
    assert failed == {
        "run": run_id(2),
        "status": "error",
        "integration": {"key": "orders", "name": "Orders", "file": "integration.yml"},
        "flow": "Flow",
        "config": "",
        "startedAt": "2024-05-17T09:32:15.886Z",
        "steps": 9,
        "cause": {"kind": "schedule", "parent": None, "path": None, "attempt": 1},
        "failure": "it is locked",
        "canBeResumed": True,
    }


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("--status success", "541"),
        ("--status error --status interrupted", "23"),
        ("stock", "5"),
        ("list Orders --limit 1", "5"),
        ("integration.yml --limit 0", "52341"),
        ("--flow Flow --limit 1", "5"),
        ("--flow Other", ""),
        ("--limit 2", "65"),
    ],
)
def test_a_list_can_be_narrowed(runs, arguments, expected):
    ran = runs(*arguments.split(), "--output", "json")

    assert "".join(number for number, _ in listed(ran)) == expected


def test_a_list_says_how_many_runs_it_leaves_out(runs):
    assert runs("--limit", "1").out.splitlines()[-1] == (
        "1 run, 3 older not shown (--limit); `xchange runs show RUN` tells more."
    )
    assert json.loads(runs("--limit", "1", "--output", "json").out)["leftOut"] == 3


def test_a_list_of_nothing_says_so(runs, xchange, tmp_path_factory):
    assert runs("nothing").out == "none of the 6 runs is one of those that were asked for\n"
    assert xchange("runs", cwd=tmp_path_factory.mktemp("empty")).out == "no runs; `xchange run` makes one\n"


def test_a_run_is_running_while_somebody_writes_its_record(runs, folder):
    with begin(folder / ".xchange" / "runs", ORDERS, started(7)):
        assert listed(runs("--limit", "1", "--output", "json")) == [("7", "running")]
    assert listed(runs("--limit", "1", "--output", "json")) == [("7", "interrupted")]


@pytest.mark.parametrize("name", ["run.json", "end.json"])
@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"schema":"xchange.record/1"}', "[" * 100_000, "\0"])
def test_a_damaged_record_is_listed_as_unreadable(runs, folder, name, text):
    (folder / ".xchange" / "runs" / run_id(5) / name).write_text(text)

    ran = runs("--output", "json")

    assert (ran.code, ran.err, listed(ran)[1]) == (0, "", ("5", "unreadable"))


def test_what_is_no_record_is_not_listed(runs, folder):
    (folder / ".xchange" / "runs" / "notes").mkdir()
    (folder / ".xchange" / "runs" / "readme.txt").write_text("")

    assert len(listed(runs("--output", "json"))) == 6


def test_runs_that_begin_alike_are_told_apart_by_more_characters(runs, folder):
    other = f"01HZ{'0' * 18}0005"
    record(folder / ".xchange" / "runs", ORDERS, start=start_of_run(run_id=other))

    lines = runs().out.splitlines()[1:]

    names = [
        line.split("  ")[0].removeprefix("└ ").strip() for line in lines if line.lstrip("└ ").startswith("0")
    ]
    assert len(set(names)) == len(names)


def test_unknown_statuses_are_refused(runs):
    code, _, err = runs("--status", "bad")

    assert code == 2
    assert "'bad' is not one of success, no_changes, error, timeout, running, interrupted, unreadable" in err


# --- show


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ("0001", "success"),
        ("0002", "failure"),
        ("0003", "interrupted"),
        ("0001 fetchOrder", "step"),
        ("0001 postLine", "step-in-loop"),
        ("0002 closeOrder", "failed-step"),
    ],
)
def test_a_run_and_its_steps_are_shown_as_expected(runs, golden, arguments, name):
    code, out, err = runs("show", *arguments.split())

    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    golden(GOLDEN / f"{name}.golden", out)


def test_a_run_for_programs_lists_all_attempts(runs):
    ran = runs("show", "0002", "--output", "json")
    document = json.loads(ran.out)

    assert (ran.code, ran.err, faults(ran.out, "recorded-run-output")) == (0, "", [])
    assert [(one["path"], one["attempt"], one["status"]) for one in document["steps"]] == [
        ("trigger", 1, "success"),
        ("fetchOrder", 1, "success"),
        ("eachLine[0]/checkStock", 1, "success"),
        ("eachLine[0]/postLine", 1, "success"),
        ("eachLine[1]/checkStock", 1, "success"),
        ("eachLine[1]/postLine", 1, "error"),
        ("eachLine[1]/postLine", 2, "success"),
        ("eachLine[2]/checkStock", 1, "success"),
        ("eachLine[2]/note", 1, "success"),
        ("eachLine", 1, "success"),
        ("closeOrder", 1, "error"),
    ]
    assert document["steps"][1]["logs"] == [{"level": "INFO", "message": "fetching order 7"}]
    assert document["steps"][1]["warnings"] == ["platforms may cache this"]
    assert [child["run"] for child in document["children"]] == [run_id(3)]


def test_the_step_under_way_when_the_run_ended_is_unfinished(runs):
    steps = json.loads(runs("show", "0003", "--output", "json").out)["steps"]

    assert [(one["path"], one["status"]) for one in steps[-2:]] == [
        ("eachLine", "unfinished"),
        ("eachLine[1]/checkStock", "unfinished"),
    ]


@pytest.mark.parametrize(
    ("step_name", "calls", "line"),
    [
        ("checkStock", 3, "c"),
        ("Check Stock", 3, "c"),
        ("eachLine[1]/checkStock", 1, "b"),
    ],
)
def test_a_step_is_named_by_key_name_or_path_and_shows_its_inputs(runs, step_name, calls, line):
    ran = runs("show", "0001", step_name, "--output", "json")
    document = json.loads(ran.out)

    assert (ran.code, ran.err, faults(ran.out, "recorded-step-output")) == (0, "", [])
    assert document["step"] == {"ref": "checkStock", "name": "Check Stock"}
    assert len(document["calls"]) == calls
    assert document["calls"][-1]["inputs"] == {"line": line}


def test_one_attempt_is_named_by_its_path(runs):
    [call] = json.loads(runs("show", "0001", "eachLine[1]/postLine#2", "--output", "json").out)["calls"]

    assert (call["attempt"], call["result"]) == (2, "postLine")


@pytest.mark.parametrize("name", [run_id(2), run_id(2).lower(), "0002", "01HY3ABCDE0000000000000002"])
def test_a_run_is_named_by_its_id_or_the_end_of_it(runs, name):
    assert json.loads(runs("show", name, "--output", "json").out)["run"] == run_id(2)


def test_the_last_run_is_the_newest_that_no_other_led_to(runs, folder):
    runs_folder = folder / ".xchange" / "runs"
    (runs_folder / run_id(6)).rmdir()
    record(runs_folder, ORDERS, SCRIPT, start=started(8, parent=run_id(5)))

    assert json.loads(runs("show", "last", "--output", "json").out)["run"] == run_id(5)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["show", "ZZZ"], 3, "error: there is no run 'ZZZ'\nhint: `xchange runs` lists them.\n"),
        (["show", "01H"], 2, "error: 6 runs begin or end with '01H'\nhint: Choose one: "),
        (
            ["show", "0001", "closeOrde"],
            2,
            "error: the flow `Flow` has no step `closeOrde`\nhint: Did you mean `closeOrder`?\n",
        ),
        (
            ["show", "0003", "closeOrder"],
            3,
            (
                f"error: the run {run_id(3)} did not come to `closeOrder`\n"
                f"hint: `xchange runs show {run_id(3)}` shows how far it came.\n"
            ),
        ),
        (
            ["show", "0001", "eachLine[7]/note"],
            3,
            f"error: the run {run_id(1)} did not come to `eachLine[7]/note`",
        ),
        (["show", "0006"], 3, f"error: the record of the run {run_id(6)} is damaged: run.json\n"),
    ],
)
def test_what_cannot_be_shown_is_told_with_a_way_out(runs, arguments, code, message):
    ran = runs(*arguments)

    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)


def test_a_run_without_any_other_is_no_last_one(xchange, tmp_path):
    assert xchange("runs", "show", "last", cwd=tmp_path).err.startswith("error: there is no run yet\n")


@pytest.mark.parametrize(
    ("text", "code"), [("flows: [", 3), ("", 3), ("name: x\nflows: [{name: Other}]", 3), ("\udcff", 3)]
)
def test_a_record_whose_integration_means_nothing_any_more_is_told(runs, folder, text, code):
    file = folder / ".xchange" / "runs" / run_id(1) / "integration.yml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))

    ran = runs("show", "0001")

    assert (ran.code, ran.out, "error: " in ran.err) == (code, "", True)


def test_a_damaged_journal_is_told(runs, folder):
    with (folder / ".xchange" / "runs" / run_id(1) / "journal.jsonl").open("a") as journal:
        journal.write("{\n")

    ran = runs("show", "0001")

    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(
        f"error: the record of the run {run_id(1)} is damaged: line 12 of journal.jsonl\n"
    )


def test_inputs_that_the_catalogue_calls_secret_are_not_shown(xchange, tmp_path):
    runs = tmp_path / ".xchange" / "runs"
    runs.mkdir(parents=True)
    whole = integration_of(
        step("Trigger", isTrigger=True),
        step("Hash", {"key": {"type": "reference", "value": "trigger.results"}}, "scripted.act"),
        step("Post", {"headers": value("x"), "url": value(f"http://x/{KEY.value}")}, "http.httpPost"),
    )
    record(runs, whole, {"trigger": gives(KEY.value)}, redactor=Redactor([KEY]))

    shown = xchange("runs", "show", "last", "post", cwd=tmp_path).out
    document = xchange("runs", "show", "last", "hash", "--output", "json", cwd=tmp_path).out

    assert 'url = "http://x/«secret: Api.key»"' in shown
    assert json.loads(document)["calls"][0]["inputs"] == {"key": "«secret: Api.key»"}
    assert KEY.value not in shown + document


def test_secret_inputs_that_hold_a_known_secret_among_other_text_are_not_shown(xchange, tmp_path):
    runs = tmp_path / ".xchange" / "runs"
    runs.mkdir(parents=True)
    whole = integration_of(
        step("Trigger", isTrigger=True),
        step("Hash", {"dynamicSecretAccessKey": value(f"{KEY.value}-and-more")}, "aws-s3.putObject"),
    )
    record(runs, whole, {"trigger": gives(KEY.value)}, redactor=Redactor([KEY]))

    document = json.loads(xchange("runs", "show", "last", "hash", "--output", "json", cwd=tmp_path).out)

    assert document["calls"][0]["inputs"]["dynamicSecretAccessKey"] == "«secret: hash.dynamicSecretAccessKey»"


@pytest.mark.parametrize("name", ["Api.key", "Api, [odd] #2: {key", 'Api "quoted\\\\".key'])
def test_a_run_is_shown_whose_file_holds_a_secret_where_yaml_has_no_quotes(xchange, tmp_path, name):
    runs = tmp_path / ".xchange" / "runs"
    runs.mkdir(parents=True)
    key, pin = KEY._replace(name=name), Secret(f"{name}.pin", "42")
    whole = built(
        f"name: Test\ndescription: Runs against {KEY.value} every night\n"
        f"flows: [{{name: Flow, x-{KEY.value}: &{KEY.value} 1, steps: [{{name: Send, action: {ACT},\n"
        f"  inputs: {{to: {{type: value, value: to {KEY.value}!}}, pin: {{type: value, value: '42'}}}}}}]}}]\n"
    )
    record(runs, whole, redactor=Redactor([key, pin]))

    ran = xchange("runs", "show", "last", "send", "--output", "json", cwd=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["calls"][0]["inputs"] == {
        "to": f"to «secret: {name}»!",
        "pin": f"«secret: {name}.pin»",
    }


def test_config_values_are_shown_as_they_were(xchange, tmp_path):
    runs = tmp_path / ".xchange" / "runs"
    runs.mkdir(parents=True)
    whole = integration_of(
        step("Trigger", isTrigger=True), step("Send", {"to": {"type": "configVar", "value": "To"}})
    )
    record(runs, whole, {"send": fails()}, start=start_of_run(config={"To": "ada"}))

    for shown in (
        xchange("runs", "show", "last", "send", cwd=tmp_path),
        xchange("runs", "show", "last", cwd=tmp_path),
    ):
        assert '  to = "ada"  ← config variable To (as recorded)\n' in shown.out


def test_called_flows_are_shown_with_their_answers_and_runs(xchange, tmp_path):
    runs = tmp_path / ".xchange" / "runs"
    runs.mkdir(parents=True)
    whole = integration("Trigger\nAsk")
    with begin(runs, whole) as writer:
        writer.step(StepCall("trigger", "trigger", "scripted", "act", {}, 1, {}), gives(1), 0.5)
        writer.step(StepCall("ask", "ask", "scripted", "act", {}, 1, {}), gives(call=FlowCall("Other")), 0.5)
        writer.calling("ask", run_id(2), "Other")
        writer.called("ask", gives({"answer": 42}))

    [call] = json.loads(xchange("runs", "show", "last", "ask", "--output", "json", cwd=tmp_path).out)["calls"]

    assert (call["status"], call["result"], call["child"]) == ("success", {"answer": 42}, run_id(2))
    assert f"the called flow ran as {run_id(2)}" in xchange("runs", "show", "last", "ask", cwd=tmp_path).out


def test_the_files_of_a_record_are_as_their_schemas_say(folder):
    line_schema = closed_lines()
    for record_folder in sorted((folder / ".xchange" / "runs").iterdir())[:5]:
        assert faults((record_folder / "run.json").read_bytes(), "run-record") == []
        end = record_folder / "end.json"
        assert not end.exists() or faults(end.read_bytes(), "run-record-end") == []
        for line in (record_folder / "journal.jsonl").read_bytes().splitlines():
            assert list(line_schema(json.loads(line))) == []


def closed_lines():
    kinds = {name: closed(part) for name, part in schema("run-record-line")["$defs"].items()}
    return lambda line: Draft202012Validator(kinds[line["e"]]).iter_errors(line)


OURS = (
    "runs-output",
    "pruned-output",
    "recorded-run-output",
    "recorded-step-output",
    "run-record",
    "run-record-end",
    "run-record-line",
)


@pytest.mark.parametrize("name", OURS)
def test_the_examples_of_our_schemas_are_valid(name):
    whole = schema(name)
    assert [list(Draft202012Validator(whole).iter_errors(one)) for one in whole["examples"]] == [
        [] for _ in whole["examples"]
    ]


# --- prune


def test_old_runs_are_removed_and_told_with_all_that_they_led_to(runs, folder, golden):
    code, out, err = runs("prune", "--keep", "2")

    assert (code, err) == (0, "")
    golden(GOLDEN / "prune.golden", without_size(out))
    assert [number for number, _ in listed(runs("--output", "json"))] == ["6", "5"]
    assert sorted(path.name for path in (folder / ".xchange" / "runs").iterdir()) == [run_id(5), run_id(6)]


def without_size(out):
    return re.sub(r"\(\S+ KiB\)", "(##.# KiB)", out)


def test_a_dry_run_removes_nothing(runs):
    ran = runs("prune", "--keep", "0", "--dry-run", "--output", "json")
    document = json.loads(ran.out)

    assert faults(ran.out, "pruned-output") == []
    assert (len(document["removed"]), document["left"], document["isDryRun"]) == (6, 0, True)
    assert document["bytes"] > 1000
    assert len(listed(runs("--output", "json"))) == 6


def test_by_default_the_newest_runs_and_those_of_the_last_days_are_kept(runs):
    assert runs("prune").out == "0 runs removed; 6 left\n"


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        ("--older-than 7d", "AB"),
        ("--older-than 2w --keep 4", "AB2345"),
        ("--older-than 7d --keep 2", "AB"),
        ("--keep 0 --status error", "AB15"),
        ("--older-than 7d --status success", "AB234"),
        ("--older-than 60m", "A"),
    ],
)
def test_age_number_and_status_say_what_is_removed(runs, folder, arguments, left):
    runs_folder = folder / ".xchange" / "runs"
    (runs_folder / run_id(6)).rmdir()
    now = datetime.now(UTC)
    for letter, age in (("A", timedelta(minutes=1)), ("B", timedelta(days=6))):
        made = ulid(int((now - age).timestamp() * 1000), os.urandom(10))[:-1] + letter
        record(runs_folder, ORDERS, SCRIPT, start=start_of_run(run_id=made))

    runs("prune", *arguments.split())

    assert {number for number, _ in listed(runs("--output", "json", "--limit", "0"))} == set(left)


def test_more_than_a_hundred_old_runs_are_cut_down_to_a_hundred(xchange, tmp_path):
    runs = tmp_path / ".xchange" / "runs"
    runs.mkdir(parents=True)
    for number in range(103):
        begin(runs, ORDERS, start_of_run(run_id=run_id(number))).close()

    out = xchange("runs", "prune", cwd=tmp_path).out

    assert without_size(out).endswith("3 runs removed (##.# KiB); 100 left\n")
    assert min(path.name for path in runs.iterdir()) == run_id(3)


def test_a_run_is_kept_while_it_or_one_that_it_led_to_is_running(runs, folder):
    runs_folder = folder / ".xchange" / "runs"
    with begin(runs_folder, ORDERS, started(7, parent=run_id(1))), begin(runs_folder, ORDERS, started(8)):
        runs("prune", "--keep", "0")
        assert [number for number, _ in listed(runs("--output", "json"))] == ["8", "1", "7"]


@pytest.mark.parametrize("age", ["3", "d", "-1d", "1y", "1.5d", ""])
def test_an_age_that_is_none_is_refused(runs, age):
    ran = runs("prune", f"--older-than={age}", "--dry-run")

    assert ran.code == (2 if age else 0)
    assert (f"error: {age!r} is no age" in ran.err) is bool(age)


def test_ids_of_times_that_no_clock_shows_do_no_harm(runs, folder):
    (folder / ".xchange" / "runs" / ("Z" * 26)).mkdir()

    assert runs("prune", "--older-than", "1d").code == 0
    assert "Z" * 8 in runs().out


def killed_while(folder, half, *, minutes=0):
    """Leave a folder beside the records, as a command does that was killed so many minutes ago."""
    left = folder / ".xchange" / "runs" / half
    (left / "blobs").mkdir(parents=True)
    (left / "run.json").write_text("{}")
    at = time.time() - 60 * minutes
    os.utime(left, (at, at))


def halves(folder):
    return sorted(path.name for path in (folder / ".xchange" / "runs").iterdir() if path.name[0] == ".")


def test_what_killed_commands_left_behind_is_removed_but_not_what_is_being_begun(runs, folder):
    killed_while(folder, f".{run_id(7)}.removed")
    killed_while(folder, f".{run_id(8)}.4711", minutes=61)
    killed_while(folder, f".{run_id(9)}.4712", minutes=59)
    killed_while(folder, ".somebody.removed")
    killed_while(folder, f".{run_id(9)}.backup", minutes=61)
    killed_while(folder, f"x.{run_id(9)}.removed", minutes=61)

    assert runs("prune", "--dry-run").code == 0
    assert len(halves(folder)) == 5
    assert runs("prune").out == "0 runs removed; 6 left\n"

    assert halves(folder) == [f".{run_id(9)}.4712", f".{run_id(9)}.backup", ".somebody.removed"]
    assert (folder / ".xchange" / "runs" / f"x.{run_id(9)}.removed").is_dir()


def test_a_run_that_a_killed_prune_has_half_removed_before_can_be_removed(runs, folder):
    killed_while(folder, f".{run_id(5)}.removed")

    assert runs("prune", "--keep", "0").code == 0
    assert list((folder / ".xchange" / "runs").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows renames no folder with an open file")
def test_nobody_can_go_on_with_a_run_while_it_is_removed(runs, monkeypatch):
    held = []
    rename = Path.replace

    def look(self, target):
        held.append(is_held(self / "lock"))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", look)
    assert runs("prune", "--keep", "0").code == 0
    assert held == [True] * 6


# --- help


@pytest.mark.parametrize("command", ["", "list", "show", "prune"])
def test_each_command_has_examples_in_its_help(runs, command):
    ran = runs(*command.split(), "--help")

    assert ran.code == 0
    assert "Examples:" in ran.out
    assert "xchange runs" in ran.out
