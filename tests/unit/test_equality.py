"""Values that know their places are compared by what they say."""

from typing import NamedTuple

from xchange_cli.document.equality import ignoring


@ignoring("line")
class Name(NamedTuple):
    text: str
    line: int


@ignoring("line")
class Key(NamedTuple):
    text: str
    line: int


@ignoring("line", "column")
class Pair(NamedTuple):
    left: Name
    line: int
    right: Name | None = None
    column: int = 0


def test_the_same_at_another_place_is_equal_and_has_the_same_hash():
    assert Name("a", 1) == Name("a", 2)
    assert not Name("a", 1) != Name("a", 2)  # noqa: SIM202 - tuples have an operator of their own for this
    assert len({Name("a", 1), Name("a", 2)}) == 1


def test_another_text_is_not_equal():
    assert Name("a", 1) != Name("b", 1)
    assert not Name("a", 1) == Name("b", 1)  # noqa: SIM201


def test_what_is_inside_counts_without_its_place_too():
    assert Pair(Name("a", 1), 1, Name("b", 1)) == Pair(Name("a", 2), 3, Name("b", 4), 5)
    assert Pair(Name("a", 1), 1) != Pair(Name("a", 1), 1, Name("b", 1))


def test_values_of_another_type_are_not_equal():
    assert Name("a", 1) != Key("a", 1)
    assert Key("a", 1) != Name("a", 1)
    assert Name("a", 1) != ("a", 1)
    assert ("a", 1) != Name("a", 1)  # noqa: SIM300 - the other side is asked first


def test_places_are_not_shown():
    assert repr(Pair(Name("a", 1), 2)) == "Pair(left=Name(text='a'), right=None)"
