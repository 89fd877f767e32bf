"""How what steps keep comes together."""

import pytest

from xchange_cli.engine.state import merged


@pytest.mark.parametrize(
    ("state", "written", "after"),
    [
        ({}, {}, {}),
        ({}, {"a": {"x": 1}}, {"a": {"x": 1}}),
        ({"a": {"x": 1}}, {"a": {"y": 2}}, {"a": {"x": 1, "y": 2}}),
        ({"a": {"x": 1}}, {"a": {"x": {"deep": None}}}, {"a": {"x": {"deep": None}}}),
        ({"a": {"x": {"p": 1}}}, {"a": {"x": {"q": 2}}}, {"a": {"x": {"q": 2}}}),
        ({"a": {"x": 1, "y": 2}}, {"a": {"x": None, "z": None}}, {"a": {"y": 2}}),
        ({"a": {"x": 1}}, {"a": {}}, {"a": {"x": 1}}),
        ({"a": {"x": 1}}, {"b": {"x": 2}}, {"a": {"x": 1}, "b": {"x": 2}}),
    ],
)
def test_what_is_written_is_laid_over_what_there_was_and_null_takes_away(state, written, after):
    before = {kind: dict(values) for kind, values in state.items()}

    assert merged(state, written) == after
    assert state == before
