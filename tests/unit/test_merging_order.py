"""The order of parts that two sides have changed."""

import pytest

from xchange_cli.merging.order import merged_order, our_order


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("abc", "abc", "cab", "cab"),
        ("abc", "axbc", "abc", "axbc"),
        ("abc", "axbc", "aybc", "axybc"),
        ("abc", "xabc", "yabc", "xyabc"),
        ("abc", "abxc", "aybc", "aybxc"),
        ("abc", "ac", "abyc", "ayc"),
        ("abcd", "bacd", "abdc", "badc"),
        ("abc", "cab", "cab", "cab"),
        ("", "ab", "bc", "abc"),
    ],
)
def test_what_one_side_has_moved_or_added_is_where_it_put_it(base, ours, theirs, merged):
    present = set(ours) | set(theirs)
    gone = {key for key in base if key not in ours or key not in theirs}
    found = merged_order(list(base), list(ours), list(theirs), present - gone)
    assert ("".join(found.keys), found.disputed) == (merged, {})


def test_what_both_sides_have_moved_to_different_places_is_disputed():
    found = merged_order(list("abc"), list("acb"), list("bac"), set("abc"))
    assert found.disputed == {"b": None}


def test_what_both_sides_have_added_at_different_places_is_disputed():
    found = merged_order(list("ab"), list("xab"), list("abx"), set("abx"))
    assert (found.keys, found.disputed) == (["x", "a", "b"], {"x": "b"})


def test_keys_keep_the_order_of_ours():
    assert our_order(list("abc"), list("cab"), list("abxc"), set("abcx")) == list("cabx")
