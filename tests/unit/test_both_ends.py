"""The first and the last of many things."""

import pytest

from xchange_cli.formats.both_ends import BothEnds


@pytest.mark.parametrize(
    ("most", "count", "kept", "left_out"),
    [
        (4, 0, [], 0),
        (4, 1, [0], 0),
        (4, 4, [0, 1, 2, 3], 0),
        (4, 5, [0, 1, 3, 4], 1),
        (4, 100, [0, 1, 98, 99], 96),
        (5, 9, [0, 1, 6, 7, 8], 4),
    ],
)
def test_the_first_and_the_last_are_kept_and_the_others_counted(most, count, kept, left_out):
    ends = BothEnds(most)

    for number in range(count):
        ends.append(number)

    assert (list(ends), ends.left_out) == (kept, left_out)
