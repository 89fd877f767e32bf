"""What `xchange validate` prints for other programs and people than the one at the terminal."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from strict_schemas import closed
from xchange_cli.schemas import schema

SARIF = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
ERR = sorted((Path(__file__).parent / "validate" / "err").glob("*.yml"))
FORMATS = ("text", "github", "gitlab", "json", "jsonl", "junit", "markdown", "sarif")

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
      - name: Log
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {level: {type: value, value: info}, message: {type: template, value: "MESSAGE"}}
"""
FINE = GOOD.replace("MESSAGE", "hello")
BAD = GOOD.replace("MESSAGE", "😀 {{$triger.results}} {{ $trigger.results.body.data.id }}")
FILES = {
    "integrations/fine/integration.yml": FINE,
    "integrations/b|d, <1>/integration.yml": BAD,
}
PATH = "integrations/b|d, <1>/integration.yml"


def fingerprints(folder, xchange):
    found = json.loads(xchange("validate", "--output", "json", cwd=folder).out)["findings"]
    return [one["fingerprint"] for one in found]


def sarif_faults(text):
    return [
        f"{fault.json_path}: {fault.message}"
        for fault in Draft4Validator(SARIF).iter_errors(json.loads(text))
    ]


def test_every_line_of_jsonl_is_what_its_schema_describes_and_together_they_are_the_json(xchange, project):
    folder = project(FILES)
    lines = xchange("validate", "--output", "jsonl", cwd=folder).out.splitlines()
    whole = json.loads(xchange("validate", "--output", "json", cwd=folder).out)
    data = [json.loads(line) for line in lines]
    for line in data:
        Draft202012Validator(schema("validate-line")).validate(line)
        part = {**closed(schema("validate-line"))}
        Draft202012Validator({"$ref": f"#/$defs/{line['event']}", "$defs": part["$defs"]}).validate(line)
    *findings, summary = data
    assert [{"event": "finding", **one} for one in whole["findings"]] == findings
    assert summary["checked"].keys() == whole["checked"].keys()
    assert summary.keys() == {"event", *whole} - {"findings"}
    assert (summary["event"], summary["ok"]) == ("summary", False)


def test_the_schema_of_lines_describes_the_same_as_the_schema_of_the_whole():
    whole, line = schema("validate"), schema("validate-line")["$defs"]
    parts = {key: part for key, part in line.items() if key not in {"finding", "summary"}}
    assert parts == {key: part for key, part in whole["$defs"].items() if key != "finding"}
    for kind, properties in (
        ("finding", whole["$defs"]["finding"]["properties"]),
        ("summary", {key: part for key, part in whole["properties"].items() if key != "findings"}),
    ):
        assert line[kind]["properties"] == {"event": line[kind]["properties"]["event"], **properties}


def test_sarif_of_every_kind_of_finding_is_valid_and_complete(xchange):
    names = [file.name for file in ERR]
    text = xchange("validate", *names, "--output", "sarif", cwd=ERR[0].parent).out
    found = json.loads(xchange("validate", *names, "--output", "json", cwd=ERR[0].parent).out)["findings"]
    assert sarif_faults(text) == []
    (run,) = json.loads(text)["runs"]
    rules = run["tool"]["driver"]["rules"]
    told = [(one["ruleId"], one["partialFingerprints"]["xchange/v1"]) for one in run["results"]]
    assert told == [(one["rule"], one["fingerprint"]) for one in found]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one["rule"] for one in found]
    assert all(rule["help"]["markdown"] and rule["fullDescription"]["text"] for rule in rules)


def test_a_result_of_sarif_has_place_names_and_fix(xchange, project):
    folder = project(FILES)
    (run,) = json.loads(xchange("validate", "--output", "sarif", cwd=folder).out)["runs"]
    address = {"uri": "integrations/b%7Cd%2C%20%3C1%3E/integration.yml", "uriBaseId": "%SRCROOT%"}
    line = 13
    start = BAD.splitlines()[line - 1].index("triger") + 1
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]
    result = next(one for one in run["results"] if one["ruleId"] == "unknown-reference")
    region = {"startLine": line, "startColumn": start, "endLine": line, "endColumn": start + len("triger")}
    assert result["level"] == "error"
    assert result["message"] == {"text": "no step of this flow is called `triger`. Did you mean `trigger`?"}
    assert result["locations"] == [
        {
            "physicalLocation": {"artifactLocation": address, "region": region},
            "logicalLocations": [{"name": "Log", "fullyQualifiedName": "b|d, <1>/Flow/Log"}],
        }
    ]
    (fix,) = result["fixes"]
    assert fix["artifactChanges"] == [
        {
            "artifactLocation": address,
            "replacements": [{"deletedRegion": region, "insertedContent": {"text": "trigger"}}],
        }
    ]


def test_sarif_names_other_places_and_takes_no_text_for_a_link(xchange, project):
    twice = FINE.replace("name: Flow", 'name: "[a](1)"') + FINE.partition("flows:\n")[2].replace(
        "name: Flow", 'name: "[a](1)"'
    )
    folder = project({"integration.yml": twice})
    text = xchange("validate", "--output", "sarif", cwd=folder).out
    assert sarif_faults(text) == []
    result = next(one for one in json.loads(text)["runs"][0]["results"] if one["ruleId"] == "duplicate-name")
    assert "\\[a](1)" in result["message"]["text"]
    (related,) = result["relatedLocations"]
    assert (related["id"], related["physicalLocation"]["region"]["startLine"]) == (1, 5)


def test_gitlab_gets_one_entry_a_finding_each_with_a_fingerprint_of_its_own(xchange, project):
    twice = BAD.replace("😀", "{{$triger.results}}")
    folder = project({PATH: twice})
    entries = json.loads(xchange("validate", "--output", "gitlab", cwd=folder).out)
    first, second, third = fingerprints(folder, xchange)
    assert first == second
    assert [entry["fingerprint"] for entry in entries] == [first, f"{first}-2", third]
    begin = twice.splitlines()[12].index("triger") + 1
    assert entries[0] == {
        "description": "no step of this flow is called `triger`. Did you mean `trigger`?",
        "check_name": "unknown-reference",
        "fingerprint": first,
        "severity": "critical",
        "location": {
            "path": PATH,
            "positions": {"begin": {"line": 13, "column": begin}, "end": {"line": 13, "column": begin + 6}},
        },
    }
    assert [entry["severity"] for entry in entries] == ["critical", "critical", "minor"]


def test_junit_has_a_suite_a_file_and_fails_what_fails_the_command(xchange, project):
    folder = project(FILES)
    root = ET.fromstring(xchange("validate", "--output", "junit", cwd=folder).out)
    assert {key: root.attrib[key] for key in ("tests", "failures", "errors")} == {
        "tests": "3",
        "failures": "1",
        "errors": "0",
    }
    tests = {
        (test.get("classname"), test.get("name")): [part.tag for part in test]
        for test in root.iter("testcase")
    }
    assert tests == {
        ("integrations/fine/integration.yml", "no findings"): [],
        (PATH, "unknown-reference"): ["failure"],
        (PATH, "template-blanks"): ["system-out"],
    }
    failure = root.find(".//failure")
    assert failure.attrib == {"message": "no step of this flow is called `triger`", "type": "error"}
    column = BAD.splitlines()[12].index("triger") + 1
    assert failure.text == (
        f"{PATH}:13:{column}: error: no step of this flow is called `triger`\n  hint: Did you mean `trigger`?"
    )
    strict = xchange("validate", "--output", "junit", "--fail-on", "warning", cwd=folder).out
    assert ET.fromstring(strict).get("failures") == "2"


def test_junit_is_xml_whatever_a_file_says(xchange, project):
    folder = project({"integration.yml": FINE.replace("name: Flow", 'name: Flow\n    "a\\0\\uFFFE]]>&<": 1')})
    root = ET.fromstring(xchange("validate", "--output", "junit", "--fail-on", "info", cwd=folder).out)
    assert "a\ufffd\ufffd]]>&<" in root.find(".//failure").text


def test_markdown_has_a_verdict_a_table_a_file_and_folded_hints(xchange, project):
    folder = project(FILES)
    text = xchange("validate", "--output", "markdown", cwd=folder).out
    lines = text.splitlines()
    column = BAD.splitlines()[12].index("triger") + 1
    assert lines[:2] == ["### xchange validate", ""]
    assert lines[2].startswith("**Failed.** 2 files, 2 flows, 4 steps: 1 error, 1 warning (")
    assert lines[4:9] == [
        "#### <code>integrations&#47;b&#124;d&#44; &#60;1&#62;&#47;integration&#46;yml</code>",
        "",
        "| Place | Severity | Finding | Rule |",
        "|---|---|---|---|",
        f"| 13:{column} | error | no step of this flow is called `triger` | `unknown-reference` |",
    ]
    assert f"- 13:{column} `unknown-reference` Did you mean `trigger`?" in lines
    assert lines[-1] == "</details>"


def test_markdown_of_many_findings_stays_short_enough_for_a_comment_and_shows_the_worst(xchange, project):
    folder = project(
        {
            "integration.yml": FINE.replace(
                "hello", "{{ $trigger.results.body.data.id }}" * 600 + "{{$triger.results}}"
            )
        }
    )
    text = xchange("validate", "--output", "markdown", cwd=folder).out
    assert len(text) < 65_000
    assert "no step of this flow is called `triger`" in text
    shown = text.count("\n| 13:")
    assert 100 < shown < 600
    assert f"Only the worst are shown here: {601 - shown} more findings did not fit." in text


def test_markdown_shows_what_was_asked_for_besides_the_findings(xchange, project):
    folder = project(
        {
            "integrations/a/integration.yml": BAD,
            "integrations/a/configs/bad.yml": "values: 3\n",
            "integrations/a/configs/ok.yml": "{}\n",
        }
    )
    text = xchange("validate", "--config", "all", "--output", "markdown", cwd=folder).out
    assert (
        "1 pair of integration and config set without findings.\n\n| Integration | Config set | Found |\n"
        in text
    )
    assert "\n| `a` | `bad` | 1 error |\n" in text
    text = xchange("validate", "--statistics", "--output", "markdown", cwd=folder).out
    assert "\n| Findings | Severity | Rule |\n|---|---|---|\n| 1 | error | `unknown-reference` |\n" in text
    assert "Place" not in text
    xchange("validate", "--write-baseline", "known.json", cwd=folder)
    text = xchange("validate", "--baseline", "known.json", "--output", "markdown", cwd=folder).out
    assert text.startswith("### xchange validate\n\n**Passed.** ")
    assert text.endswith("\n\n3 known findings are not shown (known.json).\n")


@pytest.mark.parametrize("output", FORMATS)
def test_a_project_without_findings_is_shown_in_every_format(output, xchange, project):
    folder = project({"integrations/fine/integration.yml": FINE})
    code, out, err = xchange("validate", "--output", output, cwd=folder)
    assert (code, err) == (0, "")
    assert out.endswith("\n")
    if output == "sarif":
        assert sarif_faults(out) == []
        assert json.loads(out)["runs"][0]["results"] == []
    if output == "gitlab":
        assert json.loads(out) == []
    if output == "junit":
        assert ET.fromstring(out).attrib.items() >= {"tests": "1", "failures": "0"}.items()
    if output == "markdown":
        assert "**Passed.** 1 file, 1 flow, 2 steps: no findings" in out


@pytest.mark.parametrize("output", FORMATS)
def test_what_cannot_be_read_and_what_comes_by_standard_input_is_shown_in_every_format(
    output, xchange, project
):
    folder = project({"integrations/ok/integration.yml": FINE, "xchange.yaml": "lint: 3\n"})
    (folder / "ä b.yml").write_bytes(b"name: \xff\n")
    code, out, err = xchange("validate", "ä b.yml", "-", "--output", output, cwd=folder, input=BAD)
    assert (code, err) == (3, "")
    if output == "sarif":
        assert sarif_faults(out) == []
        (run,) = json.loads(out)["runs"]
        assert run["invocations"] == [{"executionSuccessful": False}]
        uris = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]]
        assert list(dict.fromkeys(uris)) == ["xchange.yaml", "%C3%A4%20b.yml", "%3Cstdin%3E"]
    if output == "junit":
        root = ET.fromstring(out)
        assert [suite.get("name") for suite in root] == ["xchange.yaml", "ä b.yml", "<stdin>"]
        assert [suite.get("errors") for suite in root] == ["0", "1", "0"]
    if output == "jsonl":
        assert json.loads(out.splitlines()[-1])["ok"] is False
