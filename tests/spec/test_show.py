"""`xchange show`: an integration at a glance, and charts of its flows."""

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from strict_schemas import faults
from xchange_cli.formats.flow_tree import Signs

HERE = Path(__file__).parent / "show"
FILE = (HERE / "integration.yml").read_text(encoding="utf-8")
PATH = "integrations/orders/integration.yml"


@pytest.fixture
def orders(project):
    return project({PATH: FILE})


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("whole.txt", ()),
        ("flow.txt", ("--flow", "oneOrder")),
        ("whole.json", ("--output", "json")),
        ("nightly.svg", ("--graph", "svg", "--flow", "Nightly")),
        ("nightly.mmd", ("--graph", "mermaid", "--flow", "Nightly")),
        ("whole.mmd", ("--graph", "mermaid")),
        ("nightly.dot", ("--graph", "dot", "--flow", "Nightly")),
        ("whole.dot", ("--graph", "dot")),
    ],
)
def test_an_integration_is_shown_to_the_character(name, arguments, orders, xchange, golden):
    code, out, err = xchange("show", "orders", *arguments, cwd=orders)
    assert (code, err) == (0, "")
    golden(HERE / name, out)


def test_without_a_key_it_is_the_integration_that_the_working_folder_is_in(orders, xchange):
    whole = xchange("show", "orders", "--output", "json", cwd=orders)
    inside = xchange("show", "--output", "json", cwd=orders / "integrations/orders")
    assert json.loads(inside.out)["flows"] == json.loads(whole.out)["flows"]


def test_json_is_as_its_schema_says(orders, xchange):
    assert faults(xchange("show", "orders", "--output", "json", cwd=orders).out, "show-output") == []


def test_one_flow_comes_with_its_own_variables_connections_and_findings_only(orders, xchange):
    data = json.loads(xchange("show", "orders", "--flow", "One Order", "-o", "json", cwd=orders).out)
    assert [flow["name"] for flow in data["flows"]] == ["One Order"]
    use = {"flow": "One Order", "step": "Save Order", "configVar": None}
    assert [(one["key"], one["usedBy"]) for page in data["configPages"] for one in page["configVars"]] == [
        ("API Base", [use])
    ]
    assert (data["connections"], data["findings"]["errors"]) == ([], 0)


def test_the_only_flow_needs_no_name_for_a_picture(project, xchange):
    folder = project({PATH: FILE[: FILE.index("  - name: One Order")]})
    alone = xchange("show", "orders", "--graph", "svg", cwd=folder)
    assert alone == xchange("show", "orders", "--graph", "svg", "--flow", "nightly", cwd=folder)
    assert alone.code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("orders@3",), 3, "error: no version of orders is published\n"),
        (("nothing@3",), 3, "error: no version of nothing is published\n"),
        (
            ("orders", "--flow", "nitely"),
            3,
            "error: no flow is called `nitely`\nhint: Did you mean `Nightly`?\n",
        ),
        (("orders", "--graph", "mermaid", "--flow", "x"), 3, "error: no flow is called `x`\n"),
        (
            ("orders", "--graph", "svg"),
            2,
            "error: which flow?\nhint: Choose one with --flow: `Nightly`, `One Order`.\n",
        ),
        (
            ("orders", "--graph", "png"),
            2,
            "error: invalid value for '--graph': 'png' is not one of dot, mermaid, svg\n",
        ),
        (
            ("orders", "--graph", "dot", "--output", "text", "--output=json"),
            2,
            "--graph writes a chart, so --output does not go with it",
        ),
    ],
)
def test_what_cannot_be_shown_is_told_with_the_way_out(arguments, code, message, orders, xchange):
    ran = xchange("show", *arguments, cwd=orders)
    assert ran.code == code
    assert message in (ran.err or ran.out)
    assert not ran.err or ran.out == ""


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("name: [x\n", 1, "a.yml:1:7: error: this bracket is never closed\n"),
        ("- a\n", 1, "a.yml:1:1: error: this is no integration: the file has no keys at its top\n"),
        (
            "name: x\n<<<<<<< HEAD\n",
            6,
            "a.yml:2:1: error: the file has the marks of a merge that is not finished\n",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_place(text, code, message, project, xchange):
    ran = xchange("show", "a.yml", cwd=project({"a.yml": text}))
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err


ODD = """\
name: "Odd \\e]0;x\\a 🎉"
labels: [a, 7, {x: 1}]
flows:
  - name: "F/1 \\"quoted\\" <b> 🎉"
    steps:
      - {name: "e\\u202E --> end] %% `x` #35; & \\\\ \\"q\\"", action: {key: nope, component: {key: nowhere}}}
      - {action: 5}
      - {name: Ends, action: {key: loopOverItems, component: {key: loop}}, steps: [], branches: [{steps: [{}]}]}
      - {name: ghp_0123456789abcdefghijABCDEFGHIJ012345, inputs: {x: {type: configVar, value: Api Token}}}
      - {name: NAME}
  - name: Empty
requiredConfigVars:
  - {key: Api Token, dataType: string, defaultValue: Zx81kQpL09sdfKJ2}
  - {key: Url, dataType: string, defaultValue: "https://u:hunter22@x.test/"}
""".replace("NAME", "n" * 300)
WAYS = [
    (),
    ("-o", "json"),
    *(("--graph", graph, "--flow", 'F/1 "quoted" <b> 🎉') for graph in ("svg", "mermaid", "dot")),
]


@pytest.mark.parametrize("arguments", WAYS, ids=" ".join)
@pytest.mark.parametrize("write", ["utf-8", "utf-8-sig", "utf-16", "crlf"])
def test_an_odd_file_is_shown_without_secrets_and_without_what_steers_a_terminal(
    arguments, write, tmp_path, xchange
):
    text, encoding = (ODD.replace("\n", "\r\n"), "utf-8") if write == "crlf" else (ODD, write)
    (tmp_path / "odd.yml").write_bytes(text.encode(encoding))
    code, out, err = xchange("show", "odd.yml", *arguments)
    assert (code, err) == (0, "")
    assert [secret for secret in ("hunter22", "ghp_", "Zx81") if secret in out] == []
    steering = "\x1b\x07" if "json" in arguments else "\x1b\x07\u202e"  # programs get the texts as they are
    assert [mark for mark in steering if mark in out] == []


def test_findings_are_told_in_short(project, xchange):
    out = xchange("show", "odd.yml", cwd=project({"odd.yml": ODD})).out
    first, *_, more, last = out[out.index("odd.yml:1:1: ") :].splitlines()
    assert first == "odd.yml:1:1: error missing-key: `definitionVersion` is missing in this integration"
    assert more.startswith("and ")
    assert last.endswith("; `xchange validate odd.yml` shows where")


def test_what_known_findings_hide_is_not_told(project, xchange):
    folder = project(
        {PATH: FILE.replace("name: Orders", "nam: Orders"), "xchange.yaml": "lint: {baseline: b.json}\n"}
    )
    assert xchange("validate", "--write-baseline", "b.json", cwd=folder).code == 0
    assert json.loads(xchange("show", "orders", "-o", "json", cwd=folder).out)["findings"] == {
        "ok": True,
        "errors": 0,
        "warnings": 0,
        "notes": 0,
        "first": [],
    }


def test_a_backslash_before_an_n_begins_no_line_in_mermaid(project, xchange):
    folder = project({"odd.yml": ODD.replace("Ends", r"Read C:\new")})
    chart = xchange("show", "odd.yml", "--graph", "mermaid", cwd=folder).out
    assert "Read C#58;#92; new<br/>" in chart


def test_signs_are_letters_where_the_stream_has_no_others():
    ascii_only = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    signs = Signs.of(ascii_only)
    assert all(sign.isascii() for sign in (*signs.by_kind.values(), signs.guide, signs.dot))
    assert len({*signs.by_kind.values()}) == len(signs.by_kind)
    assert Signs.of(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")).by_kind["loop"] == "↻"


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not here: no program `dot`")
@pytest.mark.parametrize("text", [FILE, ODD], ids=["plain", "odd"])
def test_graphviz_reads_a_chart_without_a_word(text, project, xchange):
    chart = xchange("show", "a.yml", "--graph", "dot", cwd=project({"a.yml": text})).out
    ran = subprocess.run(["dot", "-Tsvg"], input=chart.encode(), capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


TRIGGER = """\
name: A
ENDPOINT
flows:
  - name: F
    FLAGS
    steps:
      - name: T
        isTrigger: IS
        action: {key: KEY, component: {key: COMPONENT, isPublic: true, version: LATEST}}
        SCHEDULE
"""


@pytest.mark.parametrize(
    ("trigger", "more", "words"),
    [
        ("webhook-triggers webhook", {}, "starts on a request to its own URL"),
        (
            "webhook-triggers webhook",
            {"ENDPOINT": "endpointType: instance_specific", "FLAGS": "isSynchronous: true"},
            "starts on a request to the URL of its instance, answers at its end",
        ),
        (
            "webhook-triggers webhook",
            {"ENDPOINT": "endpointType: shared_instance"},
            "starts on a request to the URL that all instances share",
        ),
        (
            "schedule-triggers schedule",
            {"SCHEDULE": "schedule: {type: value, value: '*/5 * * * *'}"},
            "starts every 5 minutes",
        ),
        (
            "salesforce pollChangesTrigger",
            {"SCHEDULE": "schedule: {type: value, value: '0 9 * * 1-5', meta: {timeZone: Asia/Tokyo}}"},
            "starts Monday to Friday at 09:00 (Asia/Tokyo)",
        ),
        ("schedule-triggers schedule", {}, "starts on a schedule that it does not have"),
        ("management-triggers instanceDeploy", {}, "starts when an instance is deployed"),
        ("management-triggers instanceRemove", {}, "starts when an instance is removed"),
        ("cross-flow crossFlowTrigger", {}, "starts when another flow calls it"),
        (
            "webhook-triggers webhook",
            {"FLAGS": "isAgentFlow: true"},
            "starts when an AI agent calls it, answers at its end",
        ),
        ("webhook-triggers webhook", {"IS": "false"}, "nothing starts it: it has no trigger"),
    ],
)
def test_what_starts_a_flow_is_said_in_words(trigger, more, words, project, xchange):
    component, key = trigger.split()
    given = {
        "ENDPOINT": "",
        "FLAGS": "",
        "SCHEDULE": "",
        "IS": "true",
        "KEY": key,
        "COMPONENT": component,
        **more,
    }
    text = TRIGGER
    for mark, value in given.items():
        text = text.replace(mark, value)
    out = xchange("show", "a.yml", cwd=project({"a.yml": text})).out
    assert out.splitlines()[out.splitlines().index("F") + 1] == f"  {words}"


def test_two_files_of_one_key_are_told_apart_by_their_paths(xchange, tmp_path):
    for folder in ("a", "b"):
        file = tmp_path / folder / "integrations" / "share" / "integration.yml"
        file.parent.mkdir(parents=True)
        file.write_text("definitionVersion: 7\n", encoding="utf-8")
    (tmp_path / "xchange.yaml").write_text(
        "integrations: ['*/integrations/*/integration.yml']\n", encoding="utf-8"
    )
    places = "a/integrations/share/integration.yml, b/integrations/share/integration.yml"
    told = f"error: one integration is meant, and there are 2: {places}\nhint: Name one.\n"
    assert xchange("show", "share")[::2] == (2, told)
