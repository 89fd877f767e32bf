"""What the commands show besides findings in words."""

import json
import re
from io import StringIO

import pytest

from xchange_cli import formats
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.errors import XchangeError
from xchange_cli.formats import explain_text
from xchange_cli.formats.cells import width
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.words import count
from xchange_cli.source import Source
from xchange_cli.validation.pages import Page, pages
from xchange_cli.validation.result import ValidationResult

SOURCE = Source("a,b:c%.yml", "one\ntwo\n")


class Terminal(StringIO):
    def isatty(self):
        return True


def result(*diagnostics, files=1, flows=0, steps=1):
    return ValidationResult(diagnostics, files, flows, steps, rules=9)


def finding(start=0, end=3, severity=Severity.ERROR, message="wrong, by 5%:\nvery"):
    return Diagnostic("some-rule", severity, message, SOURCE.span(start, end))


def written(subject, output, value):
    out = StringIO()
    formats.write(subject, output, value, out)
    return out.getvalue()


def test_github_annotations_are_escaped():
    found = (finding(), finding(0, 7, Severity.WARNING), finding(4, 4, Severity.INFO))
    assert written("validate", "github", result(*found)).splitlines() == [
        "::error file=a%2Cb%3Ac%25.yml,line=1,col=1,endLine=1,endColumn=4,title=some-rule::wrong, by 5%25:%0Avery",
        "::warning file=a%2Cb%3Ac%25.yml,line=1,endLine=2,title=some-rule::wrong, by 5%25:%0Avery",
        "::notice file=a%2Cb%3Ac%25.yml,line=2,col=1,endLine=2,endColumn=1,title=some-rule::wrong, by 5%25:%0Avery",
        "1 file, 0 flows, 1 step: 1 error, 1 warning, 1 note (0.00 s)",
    ]


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (1300, "1,300 files")]
)
def test_numbers_are_good_english(number, words):
    assert count(number, "file") == words


def test_config_sets_are_counted_where_there_are_some():
    shown = written("validate", "text", result()._replace(config_sets=2))
    assert shown == "1 file, 0 flows, 1 step, 2 config sets: no findings (0.00 s)\n"


def test_a_terminal_gets_colour(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    out = Terminal()
    formats.write("validate", "text", result(finding()), out)
    assert "\x1b[1;31merror\x1b[0m" in out.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()) == written("validate", "text", result(finding()))


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_none_gets_no_colour(environment):
    assert Style.of(Terminal(), environment).paint("error", "x") == "x"


def test_json_is_escaped_where_the_stream_cannot_hold_a_character():
    class Latin(StringIO):
        encoding = "latin-1"

    out = Latin()
    formats.write("validate", "json", result(finding(message="注 é")), out)
    assert json.loads(out.getvalue())["findings"][0]["message"] == "注 é"
    assert out.getvalue().isascii()


def test_a_format_that_cannot_show_a_subject_is_refused_by_name():
    with pytest.raises(XchangeError) as raised:
        written("rules", "github", ())
    assert raised.value.hint == "Choose one of text, json."


def test_a_table_wraps_its_last_column_at_80_columns():
    lines = list(table(("A", "B"), [("注文", "word " * 30), ("x", "")], Style(is_on=False)))
    assert all(len(line) <= 81 for line in lines)
    assert lines[0] == "A     B\n"
    assert lines[1].startswith("注文  word word")
    assert lines[2].startswith("      word word")
    assert lines[-1] == "x\n"


def test_a_last_column_without_room_stands_below():
    rows = [("long" * 18, "some words about it")]
    assert list(table(("KEY", "WHAT"), rows, Style(is_on=False), "  ")) == [
        "  KEY\n",
        f"  {'long' * 18}\n",
        "      some words about it\n",
    ]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.slug)
def test_every_rule_is_explained_in_80_columns(xchange, page):
    code, out, err = xchange("explain", page.slug)
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if width(line) > 80] == []
    text, _, example = out.partition("\nExample of what it reports\n")
    assert bool(example) == bool(page.examples)
    for heading in ("What it checks", "Why it matters", "How to fix"):
        assert f"\n{heading}\n    " in text


def test_an_explanation_shows_the_place_of_the_mistake(xchange):
    lines = xchange("explain", "unknown-reference").out.splitlines()
    mark = next(number for number, line in enumerate(lines) if set(line.strip()) == {"^"})
    start, end = lines[mark].index("^"), len(lines[mark])
    assert lines[mark - 1][start:end] == "lisFiles"
    assert lines[mark + 1] == "      no step of this flow is called `lisFiles`"


def test_a_long_line_of_an_example_is_cut_around_each_mark():
    out = StringIO()
    line = f"      - {{name: {'a' * 70}, action: {'b' * 70}}}"
    case = f"{line}\n#{' ' * 14}{'^' * 4} some-rule: the first\n#{' ' * 94}{'^' * 4} some-rule: the second\n"
    explain_text.render(Page("some-rule", Severity.ERROR, "Words.", (case,)), out)
    _, _, example = out.getvalue().partition("\nExample of what it reports\n")
    assert example.splitlines() == [
        f"    - {{name: {'a' * 65}…",
        "             ^^^^ the first",
        f"    …{'a' * 14}, action: {'b' * 50}…",
        f"    {' ' * 25}^^^^ the second",
    ]


def test_an_explanation_is_data_for_programs(xchange):
    data = json.loads(xchange("explain", "unreadable-file", "--output", "json").out)
    assert (data["schema"], data["rule"], data["severity"], data["of"], data["examples"]) == (
        "xchange.rule/1",
        "unreadable-file",
        "error",
        "run",
        [],
    )
    assert data["documentation"].startswith("A file cannot be read.\n\nWhat it checks\n")


def test_an_unknown_rule_gives_3_and_the_nearest(xchange):
    assert xchange("explain", "unknown-referense") == (
        3,
        "",
        "error: there is no rule `unknown-referense`\nhint: Did you mean `unknown-reference`?\n",
    )


def test_rules_are_listed_with_severity_and_summary(xchange):
    rows = json.loads(xchange("rules", "--output", "json").out)["rules"]
    row = next(row for row in rows if row["rule"] == "unknown-reference")
    assert row == {
        "rule": "unknown-reference",
        "severity": "error",
        "summary": "A reference names no step of the flow.",
        "of": "rule",
        "fixable": "unsafe",
    }
    text = xchange("rules").out
    assert all(f"\n{row['rule']} " in text for row in rows)
    assert all(len(line) <= 80 for line in text.splitlines())


def test_components_are_listed_by_kind_with_what_runs_here(xchange):
    text = xchange("components").out
    headings = [line for line in text.splitlines() if re.fullmatch(r"[A-Z]\w+ \(\d+\)", line)]
    assert [heading.split()[0] for heading in headings] == ["Utilities", "Protocols", "Apps"]
    assert re.search(r"^  loop +yes +3 +- +- +Loop$", text, re.MULTILINE)
    assert re.search(r"^  slack  +\d+ +2 +2 +Slack$", text, re.MULTILINE)
    assert all(len(line) <= 80 for line in text.splitlines())


def test_components_are_data_for_programs(xchange):
    data = json.loads(xchange("components", "--output", "json").out)
    assert data["schema"] == "xchange.components/1"
    loop = next(row for row in data["components"] if row["key"] == "loop")
    assert (loop["kind"], loop["own"], loop["local"]) == ("utility", False, True)
    assert "loopOverItems" in loop["actions"]


def test_every_component_and_action_can_be_shown_in_80_columns():
    catalog, out = Catalog.load(), StringIO()
    from xchange_cli.components.lookup import action_page, component_page

    for key, *_ in catalog.entries():
        page = component_page(catalog, Implementations(), key)
        for output in ("text", "json"):
            formats.write("component", output, page, out)
            for name in (*page.spec.actions, *page.spec.triggers, *page.spec.connections):
                formats.write("action", output, action_page(catalog, Implementations(), key, name), out)
    words = [line for line in out.getvalue().splitlines() if not line.startswith(("    ", '  "', "{", "}"))]
    assert [line for line in words if len(line) > 80 and " " in line.strip()] == []


def test_an_action_is_shown_with_all_that_is_known(xchange):
    text = xchange("components", "log", "writeLog").out
    assert text.startswith("log writeLog: Write Log Message (action)\nWrites one log line.\nRuns here: yes\n")
    assert re.search(r"^  level    string  yes       info     usage$", text, re.MULTILINE)
    assert "      one of: debug, info, warn, error\n" in text


def test_an_action_is_data_for_programs(xchange):
    data = json.loads(xchange("components", "log", "writeLog", "-o", "json").out)
    assert (data["schema"], data["component"], data["key"], data["kind"]) == (
        "xchange.action/1",
        "log",
        "writeLog",
        "action",
    )
    assert data["inputs"][0]["choices"] == ["debug", "info", "warn", "error"]
    assert data["local"] is True


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["slak"], "error: there is no component `slak`\nhint: Did you mean `slack`?\n"),
        (
            ["slack", "postMesage"],
            "error: the component `slack` has no action, trigger or connection\n`postMesage`\n",
        ),
    ],
)
def test_an_unknown_component_or_action_gives_3_and_the_nearest(xchange, arguments, message):
    code, out, err = xchange("components", *arguments)
    assert (code, out) == (3, "")
    assert " ".join(err.split()).startswith(" ".join(message.split()))


def test_own_components_are_listed_too(xchange, project):
    folder = project(
        {"components/erp.yml": "{key: erp, title: Our ERP, actions: [{key: getOrder, inputs: []}]}\n"}
    )
    assert "Your own (1)" in xchange("components", cwd=folder).out
    assert xchange("components", "erp", cwd=folder).out.startswith("erp: Our ERP (own app)\n")
    assert "Runs here: no" in xchange("components", "erp", "getOrder", cwd=folder).out
