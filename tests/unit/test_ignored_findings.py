"""Fixes of comments that ignore nothing, and what no comment can ignore."""

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.document.edit import apply
from xchange_cli.source import Source
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()
FILE = """\
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


def found_in(text):
    return validate(Source("a.yml", text), CATALOG).diagnostics


def told(text):
    return [(one.rule, one.span.text) for one in found_in(text)]


def fixed(text):
    (found,) = found_in(text)
    (fix,) = found.fixes
    return apply(found.span.source, fix.edits), fix.safe


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("name: Orders # xchange: ignore[unknown-key] old", "name: Orders"),
        ("name: Orders\t # kept # xchange: ignore[unknown-key] old", "name: Orders\t # kept"),
        ("name: Orders # xchange: ignore[unknown-key] old # kept", "name: Orders # kept"),
        ("# xchange: ignore[unknown-key] old # kept\nname: Orders", "# kept\nname: Orders"),
        (
            "colour: red # xchange: ignore[unknown-key, empty] old",
            "colour: red # xchange: ignore[unknown-key] old",
        ),
        (
            "colour: red # xchange: ignore[empty, unknown-key] old",
            "colour: red # xchange: ignore[unknown-key] old",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_fix_takes_away_just_what_is_unused(line, left, line_end):
    before = FILE.replace("name: Orders", line if "name:" in line else f"name: Orders\n{line}")
    after = FILE.replace("name: Orders", left if "name:" in left else f"name: Orders\n{left}")
    assert fixed(before.replace("\n", line_end)) == (after.replace("\n", line_end), True)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_comment_alone_on_its_line_goes_with_the_line(line_end):
    text = FILE.replace("flows:", "  # xchange: ignore[unknown-key] old\nflows:").replace("\n", line_end)
    assert fixed(text) == (FILE.replace("\n", line_end), True)
    assert fixed(f"{FILE}# xchange: ignore[unknown-key] old") == (FILE, True)


def test_the_fix_is_no_safe_one_where_blank_lines_could_become_text():
    kept = FILE.replace("description: ''", "description: |+\n  text\n# xchange: ignore[empty] old\n")
    assert fixed(kept) == (kept.replace("# xchange: ignore[empty] old\n", ""), False)


CODE = """\
      - name: Sum Up
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          # ABOVE
          code:
            type: value
            value: |
              module.exports = async (context, { gone, lost }) => {
                INSIDE
                return { data: gone.results };
              };
"""
WHY = "xchange: ignore[code-unknown-step] the ERP wants it so"


def with_code(above="", inside="// nothing"):
    return FILE + CODE.replace("# ABOVE", f"# {above}").replace("INSIDE", inside)


def test_a_comment_above_the_key_of_an_input_is_about_the_whole_input():
    assert {rule for rule, _ in told(with_code())} == {"code-unknown-step"}
    assert told(with_code(WHY)) == []
    behind = with_code().replace("          # \n", "").replace("value: |", f"value: | # {WHY}")
    assert told(behind) == []


def test_a_comment_above_an_input_is_not_about_the_next_one():
    inputs = "        inputs:\n          # xchange: ignore[unknown-reference] why\n          level:\n            type: value\n"
    inputs += "            value: info\n          message:\n            type: reference\n            value: gon.results\n"
    step = "      - name: Tell\n        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}\n"
    assert [rule for rule, _ in told(FILE + step + inputs)] == ["unused-ignore", "unknown-reference"]


@pytest.mark.parametrize(
    ("inside", "span"),
    [
        (f"// {WHY}", f"// {WHY}"),
        (f"const a = 1; /* {WHY} */", f"/* {WHY}"),
        (f"# {WHY}", f"# {WHY}"),
        ("//xchange:ignore[code-unknwn-step]", "//xchange:ignore[code-unknwn-step]"),
    ],
)
def test_a_comment_inside_of_code_is_told_with_the_place_where_it_belongs(inside, span):
    (found,) = [one for one in found_in(with_code(inside=inside)) if one.rule == "bad-ignore"]
    names = span.partition("[")[2].partition("]")[0]
    assert (found.span.text, found.message, found.hint) == (
        span,
        "this is a part of the text and ignores nothing",
        f"Write `# xchange: ignore[{names}] reason` behind the `|` or above the input `code`.",
    )


@pytest.mark.parametrize(
    "inside", [f'const a = "# {WHY}";', "// xchange: ignore[of-the-erp]", "// xchange: ignored[code-syntax]"]
)
def test_what_may_be_meant_otherwise_inside_of_a_text_is_left_alone(inside):
    assert "bad-ignore" not in {rule for rule, _ in told(with_code(inside=inside))}


def test_a_file_that_is_no_yaml_tells_so_whatever_its_comments_say():
    assert told("name: [ # xchange: ignore[yaml-syntax] fine\n")[0][0] == "yaml-syntax"


def test_in_a_file_that_could_not_be_checked_as_a_whole_no_comment_is_unused():
    comment = "# xchange: ignore[unknown-reference] a step further down\n"
    assert told(comment + FILE.replace("inputs: {}", "inputs: 5")) == [("wrong-type", "5")]


def test_what_is_only_found_with_a_config_set_is_never_unused():
    assert told("# xchange: ignore[missing-config-value] set at the customer\n" + FILE) == []


@pytest.mark.parametrize("rule", ["yaml-syntax", "internal-rule-error", "unused-ignore", "bad-ignore"])
def test_some_findings_cannot_be_ignored(rule):
    assert told(f"# xchange: ignore[{rule}] quiet\n{FILE}") == [("bad-ignore", rule)]


def test_a_comment_that_names_no_rule_is_told_what_is_found_there():
    (unknown, bad) = sorted(found_in(f"{FILE}colour: red # xchange: ignore\n"), key=lambda one: one.rule)[
        ::-1
    ]
    assert (unknown.rule, bad.rule) == ("unknown-key", "bad-ignore")
    assert bad.hint == "Write `# xchange: ignore[unknown-key] reason`."
    (bad,) = found_in(f"{FILE}# xchange: ignore[*]\n")
    assert bad.hint == "The form is `# xchange: ignore[rule] reason`."
