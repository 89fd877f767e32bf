"""Thousands of integrations that went and came: which of them have moved is found in no time."""

import time

from xchange_cli.release.comparing.comparer import Work
from xchange_cli.release.comparing.copies import Copy
from xchange_cli.release.comparing.moves import with_moves
from xchange_cli.release.comparing.pairs import Pair
from xchange_cli.release.comparing.remembered import Texts
from xchange_cli.source import Source

MANY = 2_000


def works(text):
    """Give what went, then what came; `text` gives the text by the number."""
    gone, came = [], []
    for number in range(MANY):
        old, new = (Copy(f"{name}-{number}", name, blob=name) for name in ("old", "new"))
        source = Source("x.yml", text(number))
        gone.append(Work(Pair(old.key, old, None), None, Texts(old.key, source, None)))
        came.append(Work(Pair(new.key, None, new), None, Texts(new.key, None, source)))
    return [*gone, *came]


def quickly(read):
    began = time.process_time()
    found = with_moves(read)
    assert time.process_time() - began < 2
    return found


def test_of_thousands_that_say_the_same_none_has_moved_for_certain():
    read = works(lambda _number: "name: Orders\n")
    assert quickly(read) == read


def test_of_thousands_that_say_something_else_each_has_moved():
    found = quickly(works(lambda number: f"name: Orders {number}\n"))
    assert [(one.move.old_key, one.move.new_key) for one in found] == [
        (f"old-{number}", f"new-{number}") for number in range(MANY)
    ]
