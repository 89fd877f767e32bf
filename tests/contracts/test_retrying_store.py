"""Stores that fail, answer late or lose their answer: nothing is lost, and nothing is written twice."""

import pytest

from stores import NO_WAITING, FaultyStore, Place, error_of, refused
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.storage.retrying import MOST_TRIES, Clock, Retrying


@pytest.fixture
def store(tmp_path):
    return Place("registry/", tmp_path).open()


def lost_once(store, late):
    """Give a store that loses its first answer, to a write after which `late` was called, and goes on."""
    faulty = FaultyStore(store, every=1, late=late)
    next(faulty._calls)
    return Retrying(_Healing(faulty, store), NO_WAITING)


class _Healing:
    """Fails as one store at the first call, then works as another."""

    def __init__(self, first, then):
        self._calls = iter([first])
        self._then = then

    def __getattr__(self, name):
        return getattr(next(self._calls, self._then), name)


def test_a_write_that_answers_late_has_been_done_whatever_came_after_it(store):
    tag = store.write("a", b"before")
    late = FaultyStore(store, every=100, late=lambda: store.write("a", b"theirs"))
    mine = Retrying(late, NO_WAITING).write("a", b"mine", if_match=tag)
    assert mine not in {tag, store.read("a").tag}
    assert store.read("a").data == b"theirs"


@pytest.mark.parametrize("condition", ["if_absent", "if_match"])
def test_a_write_whose_answer_was_lost_does_not_undo_what_came_after_it(store, condition):
    given = {"if_match": store.write("a", b"before")} if condition == "if_match" else {"if_absent": True}
    lost = lost_once(store, late=lambda: store.write("a", b"theirs"))
    assert refused(lambda: lost.write("a", b"mine", **given))
    assert store.read("a").data == b"theirs"


@pytest.mark.parametrize("condition", ["if_absent", "if_match"])
def test_a_write_whose_answer_was_lost_is_recognised(store, condition):
    given = {"if_match": store.write("a", b"before")} if condition == "if_match" else {"if_absent": True}
    tag = lost_once(store, late=lambda: None).write("a", b"mine", **given)
    assert store.read("a") == (b"mine", tag)


def test_a_refusal_at_the_first_try_is_one_though_the_content_is_the_same(store):
    tag = store.write("a", b"before")
    store.write("a", b"same")
    assert refused(lambda: Retrying(store, NO_WAITING).write("a", b"same", if_match=tag))


def test_a_listing_that_breaks_off_at_every_other_name_has_every_name_once(store):
    names = [f"{number:02}" for number in range(20)]
    for name in names:
        store.write(name, b"")
    assert list(Retrying(FaultyStore(store, every=2), NO_WAITING).list("")) == names


def test_a_store_that_always_fails_is_given_up_after_some_tries(store):
    waits = []
    clock = Clock(now=lambda: 0.0, sleep=waits.append, draw=lambda: 0.5)
    for use in (lambda s: s.read("a"), lambda s: s.delete("a"), lambda s: s.write("a", b"1")):
        waits.clear()
        error = error_of(lambda use=use: use(Retrying(FaultyStore(store, every=1), clock)))
        assert (error.code, error.retryable) == (ErrorCode.NETWORK, True)
        assert waits == [0.1, 0.2, 0.4, 0.8, 1.6, 2.5]
        assert len(waits) == MOST_TRIES - 1


def test_what_would_fail_again_is_not_tried_again(tmp_path):
    (tmp_path / "registry").write_text("no folder")
    waits = []
    store = Retrying(Place("registry/", tmp_path).open(), NO_WAITING._replace(sleep=waits.append))
    with pytest.raises(XchangeError):
        store.read("a")
    assert waits == []
