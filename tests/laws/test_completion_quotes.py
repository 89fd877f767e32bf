"""What a shell is given stands, read as that shell reads it, for the same words."""

import re
import shlex

from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.cli.completion.bash import BASH
from xchange_cli.cli.completion.offers import Offer
from xchange_cli.cli.completion.typed import FISH, POSIX, Line, Word, split

PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1)


@given(PRINTABLE, st.sampled_from(["", "'"]))
def test_what_is_inserted_is_read_as_what_is_offered(name, quote):
    assert shlex.split(inserted(name, quote)) == [name]


@given(PRINTABLE)
def test_what_is_inserted_between_double_quotes_hides_all_that_is_special_there(name):
    typed = inserted(name, '"')
    assert [word.text for word in split(typed, POSIX)] == [name]
    assert not re.search(r"""(?<!\\)(?:\\\\)*["$`]""", typed[1:-1])


def inserted(name, quote):
    return f"{quote}{BASH.write({}, Line((), Word('', quote)), [Offer(name)]).text}{quote}"


@given(st.lists(PRINTABLE, min_size=1))
def test_words_are_read_as_the_shell_reads_them(words):
    line = shlex.join(words)
    assert [word.text for word in split(line, POSIX)] == words


@given(st.text())
def test_whatever_is_typed_can_be_read(text):
    for parts in (POSIX, FISH):
        words = list(split(text, parts))
        assert all(word.raw for word in words[:-1])
        assert words[-1].quote in {"", "'", '"'}


@given(PRINTABLE, st.sampled_from(["'", '"']))
def test_a_quotation_mark_that_is_not_closed_is_known(name, quote):
    rest = name.replace(quote, "").replace("\\", "")
    assert list(split(f"{quote}{rest}", POSIX)) == [Word(rest, quote, f"{quote}{rest}")]
