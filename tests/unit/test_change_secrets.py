"""No secret of either side is in what is said about a difference, and none can be guessed from a fingerprint."""

import pytest

from xchange_cli.changes.compare import Side, compare
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source

CATALOG = Catalog.load()
KEY = "hunter2-and-more"
OTHER = "swordfish-and-more"
TOKEN = "ghp_" + "a1B2c3D4e5" * 4
OTHER_TOKEN = "ghp_" + "z9Y8x7W6v5" * 4
FILE = """\
definitionVersion: 7
name: Secrets
requiredConfigVars:
{variables}
flows:
  - name: Flow
    steps:
      - {{name: Hook, isTrigger: true, action: {{key: webhook, component: {{key: webhook-triggers}}}}, inputs: {{}}}}
{steps}
"""
SHOP = """\
  - key: Shop
    dataType: connection
    connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
    inputs: {apiKey: {type: value, value: '%s'}}"""
UNKNOWN = """\
  - key: Shop
    dataType: connection
    connection: {key: door, component: {key: nobody-knows, isPublic: true, version: LATEST}}
    inputs: {window: {type: value, value: '%s'}}"""
NAMED = "  - {key: Shop Password, dataType: string, defaultValue: '%s'}"
CALL = """\
      - name: Call
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
"""
HEADER = (
    CALL
    + """\
          headers:
            type: complex
            value:
              - {name: Accept, type: value, value: json}
              - {name: Authorization, type: value, value: 'Basic %s'}"""
)
TOKEN_IN_TEXT = CALL + "          url: {type: value, value: 'https://shop.test/?t=%s'}"
LONG_BODY = CALL + '          data: {type: value, value: \'{"password": "%s", "size": 1}\'}'
CODE = """\
      - name: Code
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              const password = '%s';
              module.exports = async () => ({ data: 1 });"""

PLACES = [
    pytest.param(SHOP, "", KEY, OTHER, id="input of a connection"),
    pytest.param(UNKNOWN, "", KEY, OTHER, id="input of an unknown connection"),
    pytest.param(NAMED, "", KEY, OTHER, id="default of a variable that is named like a secret"),
    pytest.param("", HEADER, KEY, OTHER, id="header"),
    pytest.param("", TOKEN_IN_TEXT, TOKEN, OTHER_TOKEN, id="token in a text"),
    pytest.param("", LONG_BODY, KEY, OTHER, id="field of JSON in a text"),
    pytest.param("", CODE, "s3cr3t#of?1the2shop", "an0ther#of?1the2shop", id="text in code"),
]


@pytest.mark.parametrize(("variables", "steps", "old", "new"), PLACES)
def test_a_changed_secret_is_told_without_either_value(variables, steps, old, new):
    change_set = _compared(_file(variables, steps, old), _file(variables, steps, new))
    assert change_set.changes
    _assert_silent(change_set, old, new)


@pytest.mark.parametrize(("variables", "steps", "old", "new"), PLACES)
def test_a_secret_is_not_told_with_what_is_added_removed_or_renamed(variables, steps, old, new):
    with_it, without = _file(variables, steps, old), _file("", "", "")
    renamed = with_it.replace("Shop", "Store").replace("Call", "Ask").replace("name: Code", "name: Script")
    for pair in ((with_it, without), (without, with_it), (with_it, renamed)):
        change_set = _compared(*pair)
        assert change_set.changes
        _assert_silent(change_set, old)


def test_the_fingerprint_of_a_secret_is_the_same_for_all_values():
    prints = {
        _compared(_file(SHOP, "", old), _file(SHOP, "", new)).changes[0].fingerprint
        for old, new in (("aaaaaaaa", "bbbbbbbb"), ("cccccccc", "dddddddd"))
    }
    assert len(prints) == 1


def test_a_value_that_comes_from_a_config_variable_is_no_secret():
    template = HEADER.replace("type: value, value: 'Basic %s'", "type: template, value: 'Bearer {{#%s}}'")
    (change,) = _compared(_file("", template, "Old"), _file("", template, "New")).changes
    assert "«" not in f"{change.message} {change.old_text} {change.new_text} {change.lines}"


def test_the_line_of_a_secret_is_never_shown():
    (change,) = _compared(_file(SHOP, "", KEY), _file(SHOP, "", OTHER)).changes
    assert change.old_span.source.is_private
    assert change.new_span.source.is_private


def test_the_line_is_not_shown_where_another_value_of_it_is_a_secret():
    line = SHOP.replace("'%s'}", "'hunter2-and-more'}, headerKey: {type: value, value: '%s'}")
    (change,) = _compared(_file(line, "", "X-Key"), _file(line, "", "X-Token")).changes
    assert change.message == "input `headerKey` of the connection `Shop`: X-Key → X-Token"
    assert change.new_span.source.is_private


def test_a_stand_in_for_a_secret_hides_nothing_else():
    variables = f"{SHOP % 'token'}\n  - {{key: Note, dataType: string, defaultValue: '%s'}}"
    (change,) = _compared(_file(variables, "", "a token"), _file(variables, "", "two token")).changes
    assert change.message == "default of `Note`: a token → two token"


def _file(variables: str, steps: str, secret: str) -> str:
    text = FILE.format(variables=variables or "  []", steps=steps)
    return text.replace("%s", secret)


def _compared(old: str, new: str):
    return compare(_side("old.yml", old), _side("new.yml", new), CATALOG, "secrets")


def _side(name: str, text: str) -> Side:
    return Side(name, build(parse(Source(name, text)).root))


def _assert_silent(change_set, *secrets: str) -> None:
    for change in change_set.changes:
        said = [change.message, change.reason, change.subject, change.flow, change.step, *change.path]
        said += [change.old_text or "", change.new_text or "", *(line.text for line in change.lines)]
        for secret in secrets:
            assert secret not in "\n".join(said)
            assert secret[:8] not in "\n".join(said)
        for span in (change.old_span, change.new_span):
            if span is not None and any(secret in span.text for secret in secrets):
                assert span.source.is_private
