"""`xchange fmt`: files as the hosted builder writes them."""

import json
import os
from pathlib import Path

import pytest

from strict_schemas import faults
from xchange_cli.canonical.formatted import formatted
from xchange_cli.canonical.read import read_tree
from xchange_cli.canonical.same import require_same
from xchange_cli.document.parse import parse
from xchange_cli.errors import XchangeError
from xchange_cli.project.targets import Target
from xchange_cli.source import Source

PATH = "integrations/acme/integration.yml"
FOLDER = os.environ.get("XCHANGE_REAL_FILES", "")
REAL_FILES = sorted(Path(FOLDER).glob("*.yml")) if FOLDER else []
LOOSE = """\
# yaml-language-server: $schema=https://example.test/integration.json

# What people call it.
name: "Acme"
definitionVersion: 7

flows:
- name: Nightly  # at three
  # The steps.
  steps:
  - {name: Get, inputs: {url: {value: "https://acme.test", type: value}}, action: {component: {version: LATEST, key: http, isPublic: true}, key: httpGet}}
  # No more steps.
"""
TIDY = """\
# yaml-language-server: $schema=https://example.test/integration.json

definitionVersion: 7
flows:
  - name: Nightly # at three
    # The steps.
    steps:
      - action:
          key: httpGet
          component:
            isPublic: true
            key: http
            version: LATEST
        inputs:
          url:
            type: value
            value: "https://acme.test"
        name: Get
      # No more steps.

# What people call it.
name: Acme
"""


def tidy(text):
    """Format a text as if a file held it."""
    return formatted(Target("integration.yml", "a", Path("integration.yml")), Source("a.yml", text)).text


# --- the command


def test_a_file_is_written_in_the_builders_order_and_style_with_its_comments(xchange, project):
    folder = project({PATH: LOOSE})
    assert xchange("fmt") == (0, f"{PATH}\n", "1 file formatted\n")
    assert (folder / PATH).read_text("utf-8") == TIDY
    assert xchange("fmt") == (0, "", "1 file unchanged\n")


def test_check_lists_the_files_that_would_change_and_changes_nothing(xchange, project):
    folder = project({PATH: LOOSE, "integrations/zeta/integration.yml": TIDY})
    assert xchange("fmt", "--check") == (1, f"{PATH}\n", "1 file would change, 1 file unchanged\n")
    assert (folder / PATH).read_text("utf-8") == LOOSE
    assert xchange("fmt", "--check", "zeta") == (0, "", "1 file unchanged\n")


def test_diff_shows_what_would_change_and_changes_nothing(xchange, project):
    folder = project({PATH: "name: A\nflows: []\n"})
    assert xchange("fmt", "--diff") == (
        1,
        f"--- {PATH}\n+++ {PATH}\n@@ -1,2 +1,2 @@\n+flows: []\n name: A\n-flows: []\n",
        "1 file would change\n",
    )
    assert (folder / PATH).read_text("utf-8") == "name: A\nflows: []\n"


def test_a_diff_shows_no_secret(xchange, project):
    token = "xoxb-" + "123456789012-1234567890123-" + "AbCdEfGhIjKlMnOpQrStUvWx"
    project({PATH: f"name: A\nflows: []\ndescription: 'see {token}'\n"})
    out = xchange("fmt", "--diff").out
    assert token not in out
    assert "+description: see ***" in out


def test_standard_input_is_formatted_to_standard_output(xchange):
    assert xchange("fmt", "-", input="name: A\nflows: []\n") == (
        0,
        "flows: []\nname: A\n",
        "<stdin>\n1 file formatted\n",
    )
    assert xchange("fmt", "-", "--check", input="name: A\nflows: []\n") == (
        1,
        "<stdin>\n",
        "1 file would change\n",
    )


def test_a_broken_file_is_told_with_its_place_and_the_others_are_formatted(xchange, project):
    folder = project({PATH: "name: A\nflows: []\nname: B\n", "integrations/zeta/integration.yml": LOOSE})
    code, out, err = xchange("fmt")
    assert (code, out) == (1, "integrations/zeta/integration.yml\n")
    assert err == (
        f"{PATH}:3:1: error: `name` is here twice; the first one counts\n"
        "hint: Remove one of the two.\n"
        "1 file formatted, 1 file refused\n"
    )
    assert (folder / PATH).read_text("utf-8") == "name: A\nflows: []\nname: B\n"


def test_a_file_in_the_middle_of_a_merge_is_a_conflict(xchange, project):
    project({PATH: "<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> other\n"})
    code, out, err = xchange("fmt")
    assert (code, out) == (6, "")
    assert err.startswith(f"{PATH}:1:1: error: the file has the marks of a merge that is not finished\n")


def test_only_integrations_are_formatted(xchange, project):
    folder = project({PATH: TIDY, "integrations/acme/configs/dev.yml": "values: {b: 1, a: 2}\n"})
    code, out, err = xchange("fmt", "integrations/acme/configs/dev.yml")
    assert (code, out) == (1, "")
    assert "this is no integration: it has neither `definitionVersion` nor `flows`" in err
    assert xchange("fmt").code == 0
    assert (folder / "integrations/acme/configs/dev.yml").read_text("utf-8") == "values: {b: 1, a: 2}\n"


def test_json_tells_every_file_as_the_schema_says(xchange, project):
    project({PATH: LOOSE, "integrations/bad/integration.yml": "a: [\n"})
    code, out, err = xchange("fmt", "--check", "--output", "json")
    assert (code, err, faults(out, "fmt-output")) == (1, "", [])
    told = json.loads(out)
    assert told["files"] == [{"file": PATH, "isChanged": True, "leftOut": []}]
    assert [(one["file"], one["code"]) for one in told["refused"]] == [
        ("integrations/bad/integration.yml", "invalid")
    ]


@pytest.mark.parametrize("arguments", [("-", "--output", "json"), ("acme", "--diff", "--output", "json")])
def test_json_cannot_share_standard_output(xchange, project, arguments):
    project({PATH: TIDY})
    assert xchange("fmt", *arguments, input="flows: []\n").code == 2


@pytest.mark.skipif(os.name == "nt", reason="a folder may be written there whatever its mode")
def test_nothing_is_written_where_one_file_cannot_be(xchange, project):
    folder = project({PATH: LOOSE, "integrations/zeta/integration.yml": LOOSE})
    (folder / "integrations/zeta").chmod(0o555)
    if os.access(folder / "integrations/zeta", os.W_OK):
        pytest.skip("this user may write everywhere")
    try:
        assert xchange("fmt").code == 3
    finally:
        (folder / "integrations/zeta").chmod(0o755)
    assert (folder / PATH).read_text("utf-8") == LOOSE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encoding_byte_order_mark_and_line_ends_stay(xchange, project, encoding):
    file = project({PATH: ""}) / PATH
    file.write_bytes(LOOSE.replace("\n", "\r\n").encode(encoding))
    assert xchange("fmt").code == 0
    assert file.read_bytes() == TIDY.replace("\n", "\r\n").encode(encoding)


# --- inputs that equal their default

STEP = """\
definitionVersion: 7
flows:
  - name: Nightly
    steps:
      - action:
          key: httpGet
          component:
            isPublic: true
            key: http
            version: LATEST
        inputs:
          maxRetries:
            type: value
            value: '0'
          responseType:
            type: value
            value: text
          timeout:
            type: value
            value: '' # none is needed
          url:
            type: value
            value: x
        name: Get
"""


def test_inputs_that_equal_a_sure_default_are_left_out_and_told(xchange, project):
    folder = project({PATH: STEP})
    assert xchange("fmt", "--prune-defaults") == (
        0,
        f"{PATH}\n  Nightly / Get: maxRetries = `0`\n",
        "1 file formatted, 1 input left out\n",
    )
    left_out = "          maxRetries:\n            type: value\n            value: '0'\n"
    assert (folder / PATH).read_text("utf-8") == STEP.replace(left_out, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: LATEST", "version: 3"),
        ("          maxRetries:", "          # on purpose\n          maxRetries:"),
        ("value: '0'", "value: '0' # on purpose"),
        ("value: '0'", "value: '00'"),
        ("            value: '0'\n", "            value: '0'\n            meta: {}\n"),
        ("          maxRetries:", "          maxRetries: &shared"),
        ("        inputs:", "        inputs: &shared"),
    ],
    ids=["version", "comment above", "comment behind", "other text", "meta", "anchor", "anchor above"],
)
def test_an_input_stays_that_may_mean_more(xchange, project, old, new):
    project({PATH: STEP.replace(old, new, 1)})
    assert "left out" not in xchange("fmt", "--prune-defaults").err


# --- how it is written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a: "text"', "a: text"),
        ("a: true and more", "a: true and more"),
        ("a: 'true'", "a: 'true'"),
        ("a: True", "a: true"),
        ("a:", "a: null"),
        ("a: 1.50", "a: 1.50"),
        ("a: https://acme.test", "a: 'https://acme.test'"),
        ("a: one, two", "a: 'one, two'"),
        ("a: yes", "a: 'yes'"),
        ("a: 2024-01-01", "a: 2024-01-01"),
        ("a: '2024-01-01'", "a: '2024-01-01'"),
        ("a: 010", "a: 010"),
        ("a: \"it's: so\"", "a: 'it''s: so'"),
        ('a: "tab\\there"', 'a: "tab\\there"'),
        ('a: "\\U0001F600"', 'a: "\\U0001F600"'),
        ("a: 🎉 done", "a: 🎉 done"),
        ('a: "one\\ntwo\\n"', "a: |\n  one\n  two"),
        ('a: "one\\ntwo"', "a: |-\n  one\n  two"),
        ('a: "one\\n\\n"', "a: |+\n  one\n"),
        ('a: "  one\\ntwo"', "a: |2-\n    one\n  two"),
        (f"a: {'word ' * 17}end", f"a: >-\n  {'word ' * 14}word\n  word word end"),
        ("a: |\n  if (x) {\n  \treturn\n  }\n", "a: |\n  if (x) {\n  \treturn\n  }"),
        ("a: {}", "a: {}"),
        ("a: [1, [2]]", "a:\n  - 1\n  - - 2"),
        ("a:\n- b: 1\n  a: 2", "a:\n  - a: 2\n    b: 1"),
        ("a: {b: 1, Z: 2, fieldValues: 3, fieldValueTypes: 4, 10: 5, 9: 6}",
         "a:\n  9: 6\n  10: 5\n  Z: 2\n  b: 1\n  fieldValueTypes: 4\n  fieldValues: 3"),
        ("a: {component: {}, key: x, label: z}", "a:\n  key: x\n  component: {}\n  label: z"),
        ("a: !!str 12", "a: '12'"),
        ("a: ! 12", "a: ! 12"),
        ("a: !!float 1", "a: !!float 1"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_the_builder_would(text, expected):
    assert tidy(text) == f"{expected}\n"


def test_quotes_are_the_ones_that_most_of_the_file_has():
    text = 'a: \'x: y\'\nb: "1"\nc: "2"\nd: \'say "so": x\'\ne: it\'s\n'
    assert tidy(text) == text.replace("'x: y'", '"x: y"')
    text = text.replace('"1"', "'1'")
    assert tidy(text) == text.replace('"2"', "'2'")


@pytest.mark.parametrize(
    "text",
    [
        "z: &one\n  x: 1\na: *one\n",
        "z: &one\n  x: 1\na:\n  <<: *one\n  b: 2\n",
        "c: &one 1\nb: &one 2\na: *one\n",
    ],
    ids=["alias", "merge", "anchor given twice"],
)
def test_a_mapping_keeps_its_order_where_an_alias_would_come_before_its_anchor(text):
    assert tidy(text) == text


def test_brackets_with_a_comment_in_them_stay():
    assert tidy("b: 1\na: {d: 1, # why\n    c: 2}") == "a: {d: 1, # why\n    c: 2}\nb: 1\n"


def test_a_comment_that_silences_findings_keeps_its_line_together():
    text = "b:\n  - name: X # xchange: ignore[no-such-step] as agreed\n    action: {key: x}\n"
    assert tidy(text) == text.replace("{key: x}", "\n      key: x").replace("action: \n", "action:\n")
    text = "b: {d: 1, c: 2} # xchange: ignore[no-such-step] as agreed\n"
    assert tidy(text) == text


def test_what_would_say_something_else_is_refused():
    source = Source("a.yml", "a: 1 # why\nb: 2\n")
    root, tree = parse(source).root, read_tree(source)
    require_same(root, tree, "b: 2\na: 1 # why\n")
    for other in ("a: 1\nb: 2\n", "a: '1' # why\nb: 2\n", "a: 1 # why\n", "a: 1 # why\nb: 2\nb: 2\n"):
        with pytest.raises(XchangeError) as caught:
            require_same(root, tree, other)
        assert caught.value.message == "a.yml would say something else when formatted, so it is left as it is"


@pytest.mark.skipif(not REAL_FILES, reason="set XCHANGE_REAL_FILES to a folder of exported integrations")
@pytest.mark.parametrize("file", REAL_FILES, ids=lambda file: file.stem)
def test_a_real_file_is_formatted_once(file):
    once = tidy(Source.read(file).text)
    assert tidy(once) == once
