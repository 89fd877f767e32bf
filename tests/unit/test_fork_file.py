"""`fork.json`: what is written is read back, and anything else is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry.manifest import ForkBase
from xchange_cli.release.forking.fork_file import FORK_FILE, fork_base, fork_base_or_none, fork_json
from xchange_cli.validation.schema_check import is_valid

GOOD = {"schema": "xchange.fork/1", "parent": "orders", "version": 3, "commit": None, "digest": "0" * 64}
BASES = st.builds(
    ForkBase,
    st.text(min_size=1),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.none() | st.integers(1, 999_999),
    st.text(),
)


@given(BASES)
def test_what_is_written_is_read_back_and_as_its_schema_says(tmp_path_factory, base):
    place = tmp_path_factory.mktemp("fork")
    (place / FORK_FILE).write_bytes(fork_json(base, {}))
    assert fork_base(place, place) == base
    assert is_valid(json.loads(fork_json(base, {"docs/a.md": b"1"})), "fork")


def test_where_there_is_no_such_file_there_is_no_fork(tmp_path):
    assert fork_base(tmp_path, tmp_path) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": "xchange.fork/2"},
        {"parent": ""},
        {"parent": 1},
        {"version": 0},
        {"version": True},
        {"version": "3"},
        {"commit": 1},
        {"digest": "0" * 63},
        {"digest": None},
    ],
)
def test_what_says_something_else_is_refused(wrong, tmp_path):
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / FORK_FILE).write_text(json.dumps(GOOD | wrong), encoding="utf-8")
    with pytest.raises(XchangeError) as caught:
        fork_base(tmp_path / "orders", tmp_path)
    assert (caught.value.code, caught.value.message) == (
        ErrorCode.INVALID,
        "orders/fork.json does not say where the fork is from",
    )
    assert fork_base_or_none(tmp_path / "orders") is None
    assert not is_valid(GOOD | wrong, "fork")


@pytest.mark.parametrize("text", ["[]", "3", "null"])
def test_what_is_no_object_is_refused(text, tmp_path):
    (tmp_path / FORK_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(XchangeError):
        fork_base(tmp_path, tmp_path)


def test_what_is_no_json_is_refused_with_its_place(tmp_path):
    (tmp_path / FORK_FILE).write_text('{"parent": }', encoding="utf-8")
    with pytest.raises(XchangeError) as caught:
        fork_base(tmp_path, tmp_path)
    assert str(caught.value.place) == "fork.json:1:12"
