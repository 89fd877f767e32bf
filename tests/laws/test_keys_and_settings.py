"""Laws of keys made of names, and of settings added to JSON files."""

import json

from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.authoring.integration_keys import key_from, name_from, require_key
from xchange_cli.authoring.json_settings import with_settings
from xchange_cli.source import Source


@given(st.text(max_size=400))
def test_a_key_made_of_any_name_is_one_and_stays_itself(name):
    key = key_from(name)
    if key:
        require_key(key)
        assert key_from(key) == key
        assert key_from(name_from(key)) == key_from(key.replace("--", "-"))


KEYS = st.sampled_from(["a", "b", "yaml.schemas", "ä"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
WANTED = st.dictionaries(
    KEYS,
    st.dictionaries(KEYS, st.text(max_size=3) | st.lists(st.text(max_size=2), max_size=2), max_size=3),
    max_size=3,
)


@given(
    st.dictionaries(KEYS, JSON, max_size=4),
    WANTED,
    st.sampled_from([None, 0, 1, 2, "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_settings_that_are_added_are_there_and_nothing_else_changes(settings, wanted, indent, end):
    text = json.dumps(settings, ensure_ascii=False, indent=indent).replace("\n", end)
    changed = with_settings(Source("settings.json", text), wanted)
    if changed is None:
        return
    assert covers(json.loads(changed), settings)
    assert covers(json.loads(changed), wanted)
    assert is_subsequence(text, changed)
    assert with_settings(Source("settings.json", changed), wanted) == changed


@given(WANTED)
def test_settings_that_are_there_are_left_alone(wanted):
    text = json.dumps(wanted)
    assert with_settings(Source("settings.json", text), wanted) == text


def covers(data, wanted):
    if isinstance(wanted, dict) and isinstance(data, dict):
        return all(key in data and covers(data[key], value) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(data, list):
        return all(item in data for item in wanted)
    return data == wanted


def is_subsequence(part, whole):
    rest = iter(whole)
    return all(character in rest for character in part)
