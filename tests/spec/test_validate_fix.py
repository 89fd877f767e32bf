"""`validate --fix`, `--unsafe-fixes` and `--diff`: what is written, what is shown, and the exit codes."""

import json
import os
import re
import sys

import pytest
from jsonschema import Draft202012Validator

from xchange_cli.schemas import schema

BROKEN = """\
# orders
definitionVersion: 7
name: Orders
description: ''
flows:
  - name: Intake
    steps:
      - name: Order Received
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: latest}} # newest
        inputs: {}
      - name: Wait
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs:
          ms: {type: value, value: 1000}
      - name: Note
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          message: {type: template, value: 'Got {{ $orderReceved.results.body.data }}'}
"""
SAFE = (
    BROKEN.replace("latest", "LATEST")
    .replace("value: 1000", "value: '1000'")
    .replace("{{ $orderReceved.results.body.data }}", "{{$orderReceved.results.body.data}}")
)
ALL = SAFE.replace("orderReceved", "orderReceived")
DIFF = """\
--- orders.yml
+++ orders.yml
@@ -7,12 +7,12 @@
     steps:
       - name: Order Received
         isTrigger: true
-        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: latest}} # newest
+        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}} # newest
         inputs: {}
       - name: Wait
         action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
         inputs:
-          ms: {type: value, value: 1000}
+          ms: {type: value, value: '1000'}
       - name: Note
         action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
         inputs:
"""


@pytest.fixture
def orders(tmp_path):
    path = tmp_path / "orders.yml"
    path.write_bytes(BROKEN.encode())
    return path


def last_lines(text, number):
    return [re.sub(r" \(\d+\.\d\d s\)", "", line) for line in text.splitlines()[-number:]]


def test_without_fix_the_findings_say_what_could_be_fixed_and_nothing_is_written(orders, xchange):
    code, out, err = xchange("validate", "orders.yml")
    assert re.findall(r"([a-z-]+): [^\n]* \[(.*fix)\]\n", out) == [
        ("wrong-value", "fix"),
        ("not-text", "fix"),
        ("template-blanks", "fix"),
        ("unknown-reference", "unsafe fix"),
    ]
    assert last_lines(out, 2) == [
        "1 file, 1 flow, 3 steps: 3 errors, 1 warning",
        "3 can be fixed by --fix, 1 more by --unsafe-fixes",
    ]
    assert (code, err, orders.read_text()) == (1, "", BROKEN)


def test_fix_writes_the_safe_fixes_and_shows_what_is_left(orders, xchange):
    code, out, err = xchange("validate", "orders.yml", "--fix")
    assert out.startswith("orders.yml:19:52: error unknown-reference: ")
    assert last_lines(out, 3) == [
        "1 file, 1 flow, 3 steps: 1 error",
        "fixed 3 findings (1 file)",
        "1 can be fixed by --fix --unsafe-fixes",
    ]
    assert (code, err, orders.read_text()) == (1, "", SAFE)


def test_unsafe_fixes_writes_the_guesses_too(orders, xchange):
    code, out, err = xchange("validate", "orders.yml", "--fix", "--unsafe-fixes")
    assert last_lines(out, 2) == ["1 file, 1 flow, 3 steps: no findings", "fixed 4 findings (1 file)"]
    assert (code, err, orders.read_text()) == (0, "", ALL)


def test_what_has_been_fixed_is_not_touched_again(orders, xchange):
    xchange("validate", "orders.yml", "--fix", "--unsafe-fixes")
    written = orders.stat().st_mtime_ns
    code, out, err = xchange("validate", "orders.yml", "--fix", "--unsafe-fixes")
    assert last_lines(out, 9) == ["1 file, 1 flow, 3 steps: no findings"]
    assert (code, err, orders.stat().st_mtime_ns) == (0, "", written)


def test_diff_shows_what_fix_would_do_and_writes_nothing(orders, xchange):
    code, out, err = xchange("validate", "orders.yml", "--diff", "--ignore", "template-blanks")
    assert (code, out, err) == (1, DIFF, "would fix 2 findings (1 file)\n")
    assert orders.read_text() == BROKEN


def test_diff_goes_before_fix(orders, xchange):
    assert xchange("validate", "orders.yml", "--diff", "--fix").code == 1
    assert orders.read_text() == BROKEN


def test_diff_with_nothing_to_fix_is_empty_and_succeeds(orders, xchange):
    orders.write_text(SAFE)
    assert xchange("validate", "orders.yml", "--diff") == (0, "", "nothing to fix\n")


def test_diff_tells_of_a_last_line_without_an_end_and_keeps_line_ends(orders, xchange):
    orders.write_bytes(BROKEN.replace("\n", "\r\n").rstrip().encode())
    ran = xchange("validate", "orders.yml", "--diff", "--select", "template-blanks")
    lines = ran.out.split("\n")
    assert [line for line in lines[3:] if not line.endswith("\r")] == [
        lines[-5],
        "\\ No newline at end of file",
        lines[-3],
        "\\ No newline at end of file",
        "",
    ]
    assert lines[-5].startswith("-          message: ")
    assert lines[-3].startswith("+          message: ")


SECRET = "xoxb-2837465091-8273645019283-Zk3vQm8sTq1nWb7yRd5cLx2p"


def test_diff_shows_no_secret_that_stands_near_a_change(orders, xchange):
    key = "{key: log, isPublic: true, version: LATEST}}\n        inputs:\n"
    orders.write_text(BROKEN.replace(key, f"{key}          level: {{type: value, value: 'x {SECRET}'}}\n"))
    for more in ([], ["--ignore", "secret-in-clear"], ["--unsafe-fixes"]):
        code, out, err = xchange("validate", "orders.yml", "--diff", *more)
        assert (code, SECRET in out + err) == (1, False)
        assert "\n           level: {type: value, value: 'x ***'}\n" in out


def test_unsafe_fixes_alone_is_a_misunderstanding(orders, xchange):
    code, out, err = xchange("validate", "orders.yml", "--unsafe-fixes")
    assert (code, out) == (2, "")
    assert err == (
        "error: --unsafe-fixes says which fixes are made, not that any are\nhint: Add --fix or --diff.\n"
    )


def test_standard_input_is_given_back_fixed_and_the_report_goes_to_the_other_stream(xchange):
    code, out, err = xchange("validate", "--fix", "-", input=BROKEN)
    assert (code, out) == (1, SAFE)
    assert last_lines(err, 2) == ["fixed 3 findings (1 file)", "1 can be fixed by --fix --unsafe-fixes"]


def test_standard_input_without_anything_to_fix_is_given_back_as_it_is(xchange):
    code, out, err = xchange("validate", "--fix", "-", input=ALL)
    assert (code, out, last_lines(err, 9)) == (0, ALL, ["1 file, 1 flow, 3 steps: no findings"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_ends_stay(orders, xchange, encoding, end):
    orders.write_bytes(BROKEN.replace("\n", end).encode(encoding))
    xchange("validate", "orders.yml", "--fix")
    assert orders.read_bytes() == SAFE.replace("\n", end).encode(encoding)


def test_only_findings_of_selected_rules_are_fixed(orders, xchange):
    xchange("validate", "orders.yml", "--fix", "--select", "not-text")
    assert orders.read_text() == BROKEN.replace("value: 1000", "value: '1000'")


def test_a_rule_that_the_project_switches_off_fixes_nothing(orders, xchange, project):
    project({"xchange.yaml": "lint: {rules: {not-text: off}}\n"})
    xchange("validate", "orders.yml", "--fix")
    assert orders.read_text() == SAFE.replace("'1000'", "1000")


def test_an_ignored_finding_is_not_fixed(orders, xchange):
    comment = " # xchange: ignore[not-text] the platform knows"
    orders.write_text(BROKEN.replace("value: 1000}", f"value: 1000}}{comment}"))
    xchange("validate", "orders.yml", "--fix")
    assert orders.read_text() == SAFE.replace("value: '1000'}", f"value: 1000}}{comment}")


def test_a_known_finding_is_not_fixed(orders, xchange):
    xchange("validate", "orders.yml", "--select", "not-text", "--write-baseline", "known.json")
    xchange("validate", "orders.yml", "--fix", "--baseline", "known.json")
    assert orders.read_text() == SAFE.replace("'1000'", "1000")


def test_a_fix_that_would_bring_more_errors_is_not_made(orders, xchange):
    text = ALL.replace(
        "      - name: Note\n", "      - name: Note\n        stepss: [{name: Note}, {name: Note}]\n"
    )
    orders.write_text(text)
    code, out, _ = xchange("validate", "orders.yml", "--fix", "--unsafe-fixes", "--fail-on", "warning")
    assert (code, orders.read_text()) == (1, text)
    assert "orders.yml:17:9: warning unknown-key: unknown key `stepss`" in out


def test_one_fix_may_open_the_way_for_the_next(orders, xchange):
    orders.write_text(ALL.replace("{type: value, value: '1000'}", "{type: Value, value: 1000}"))
    code, out, _ = xchange("validate", "orders.yml", "--fix")
    assert (code, orders.read_text(), last_lines(out, 1)) == (0, ALL, ["fixed 2 findings (1 file)"])


def test_a_text_that_cannot_be_read_as_yaml_is_mended_until_it_can(orders, xchange):
    orders.write_text(
        ALL.replace("'Got {{$orderReceived.results.body.data}}'", "{{$orderReceived.results.body.data}}")
    )
    assert xchange("validate", "orders.yml", "--fix").code == 1
    code, _, _ = xchange("validate", "orders.yml", "--fix", "--unsafe-fixes")
    assert code == 0
    assert "value: '{{$orderReceived.results.body.data}}'}" in orders.read_text()


def test_json_tells_what_was_fixed_and_what_could_be(orders, xchange):
    data = json.loads(xchange("validate", "orders.yml", "--fix", "--output", "json").out)
    Draft202012Validator(schema("validate")).validate(data)
    assert [(found["rule"], found["start"]["line"]) for found in data["fixed"]] == [
        ("wrong-value", 10),
        ("not-text", 15),
        ("template-blanks", 19),
    ]
    assert data["fixable"] == {"safe": 0, "unsafe": 1}


def test_several_files_are_fixed_in_one_go(project, xchange):
    files = project({f"integrations/{name}/integration.yml": BROKEN for name in "abcdefgh"})
    code, out, err = xchange("validate", "--fix", "--unsafe-fixes")
    assert (code, err) == (0, "")
    assert last_lines(out, 2) == ["8 files, 8 flows, 24 steps: no findings", "fixed 32 findings (8 files)"]
    assert {path.read_text() for path in files.glob("integrations/*/*.yml")} == {ALL}


@pytest.mark.skipif(sys.platform != "linux", reason="there a pipe has a path")
def test_what_cannot_be_written_is_told_and_the_others_are_fixed(orders, xchange_process):
    reading, writing = os.pipe()
    os.write(writing, BROKEN.encode())
    os.close(writing)
    code, out, err = xchange_process("validate", "/dev/stdin", "orders.yml", "--fix", stdin=reading)
    os.close(reading)
    assert (code, orders.read_text()) == (3, SAFE)
    assert last_lines(out, 2)[0] == "fixed 3 findings (1 file)"
    message, hint = err.splitlines()
    assert message.endswith("/dev/stdin cannot be written: No such file or directory")
    assert hint == "hint: It is as it was."


def test_an_unreadable_file_is_a_finding_and_the_others_are_fixed(orders, xchange):
    (orders.parent / "bad.yml").write_bytes(b"\xff\xff\xff")
    code, out, _ = xchange("validate", "bad.yml", "orders.yml", "--fix")
    assert (code, orders.read_text()) == (3, SAFE)
    assert out.startswith("bad.yml:1:1: error unreadable-file: ")
    code, out, err = xchange("validate", "bad.yml", "orders.yml", "--diff", "--unsafe-fixes")
    assert (code, out.splitlines()[0]) == (3, "--- orders.yml")
    assert "bad.yml:1:1: error unreadable-file: " in err
