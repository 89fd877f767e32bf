"""Run ids sort by time."""

from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.ulid import ulid

times = st.integers(0, 2**48 - 1)
randomness = st.binary(min_size=10, max_size=16)


def test_a_run_id_is_a_ulid():
    assert ulid(1_469_918_176_385, bytes(10)) == "01ARYZ6S410000000000000000"
    assert ulid(0, bytes(10)) == "0" * 26
    assert ulid(2**48 - 1, b"\xff" * 10) == "7" + "Z" * 25


@given(times, randomness)
def test_only_ten_random_bytes_count(time, some):
    assert ulid(time, some) == ulid(time, some[:10])


@given(times, times, randomness, randomness)
def test_run_ids_of_different_times_sort_as_the_times_do(one, other, some, more):
    first, second = ulid(one, some), ulid(other, more)

    assert (first < second) == (one < other) or one == other


@given(times, randomness, randomness)
def test_run_ids_of_the_same_time_differ_where_their_random_bytes_do(time, some, more):
    assert (ulid(time, some) == ulid(time, more)) == (some[:10] == more[:10])
