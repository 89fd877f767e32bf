"""What a registry promises in every store: a folder and S3, also where every third call fails."""

import json
from time import sleep

import pytest

from registries import (
    DRAFT,
    KEY,
    MARK,
    PURGE,
    Killed,
    Ticking,
    Watched,
    no_network,
    package,
    race,
    settled,
    whole,
)
from stores import NO_WAITING, FaultyStore, Place, at_once, failing
from xchange_cli.errors import XchangeError
from xchange_cli.registry import layout
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_state import VersionState
from xchange_cli.storage.retrying import Retrying


@pytest.fixture(params=["folder", "s3"])
def place(request, tmp_path):
    return Place("registry/", tmp_path) if request.param == "folder" else request.getfixturevalue("s3_place")


@pytest.mark.parametrize("around", [lambda place: place, failing], ids=["sound", "failing"])
def test_a_version_goes_through_its_life(place, around):
    one = Registry(around(place).open(), Ticking())
    for content in ("1", "1", "2", "2", "1"):
        one.publish(DRAFT, package(content, other="text"))
    state = one.change_state(KEY, 2, lambda state: state._replace(available=False, because="bad"), MARK)

    assert state == VersionState(available=False, because="bad")
    assert settled(one, place.open()) == {1: "1", 2: "2", 3: "1"}
    assert [entry.subject for entry in one.log()] == ["acme@1", "acme@3", "acme@2", "acme@1"]
    assert one.purge(KEY, PURGE) == 3
    assert [name for name in place.open().list("integrations/acme/") if "/activity/" not in name] == [
        "integrations/acme/head.json",
        "integrations/acme/state.json",
    ]
    assert one.publish(DRAFT, package("1")).manifest.number == 4
    assert settled(one, place.open()) == {4: "1"}


@pytest.mark.parametrize("lost", [3, 1], ids=["the newest is lost", "all are lost"])
def test_a_purge_gives_up_the_numbers_of_versions_that_were_lost_before(place, lost):
    one, store = Registry(place.open(), Ticking()), place.open()
    for content in "123":
        one.publish(DRAFT, package(content))
    for number in range(lost, 4):
        store.delete(layout.version(KEY, number))
    with pytest.raises(XchangeError, match="is missing, and the log says that it was published") as refused:
        one.publish(DRAFT, package("4"))
    assert "If it is lost for good, `xchange delete acme --purge --yes` gives up" in refused.value.hint
    assert one.can_purge(KEY)

    assert one.purge(KEY, PURGE) == lost - 1

    assert next(one.log()).details == {"versions": lost - 1, "purgedThrough": 3}
    assert not one.can_purge(KEY)
    assert one.publish(DRAFT, package("4")).manifest.number == 4
    assert settled(one, store) == {4: "4"}


@pytest.mark.parametrize("lost", [3, 1], ids=["the newest is lost", "all are lost"])
@pytest.mark.parametrize(
    "with_it",
    [[layout.head(KEY)], [layout.head(KEY), layout.summary(KEY)], [layout.head(KEY), layout.state(KEY)]],
    ids=["and the hint", "and hint and summary", "and hint and state"],
)
def test_the_number_of_a_version_that_was_lost_is_never_given_again(place, lost, with_it):
    one, store = Registry(place.open(), Ticking()), place.open()
    for content in "123":
        one.publish(DRAFT, package(content))
    for name in [*(layout.version(KEY, number) for number in range(lost, 4)), *with_it]:
        store.delete(name)

    for attempt in (lambda: one.publish(DRAFT, package("4")), lambda: one.next_number(KEY)):
        with pytest.raises(XchangeError, match="and the log says that it was published"):
            attempt()

    assert [manifest.number for manifest in one.versions(KEY)] == list(range(lost - 1, 0, -1))
    assert one.purge(KEY, PURGE) == lost - 1
    assert one.publish(DRAFT, package("4")).manifest.number == 4


def test_a_hint_that_is_as_old_as_the_newest_version_that_is_left_gives_no_number_again(place):
    one, store = Registry(place.open(), Ticking()), place.open()
    for content in "123":
        one.publish(DRAFT, package(content))
    store.write(layout.head(KEY), b'{"number": 2}')
    store.delete(layout.version(KEY, 3))

    with pytest.raises(XchangeError, match="and the log says that it was published"):
        one.publish(DRAFT, package("4"))


def test_what_a_purge_that_was_killed_has_left_is_no_version_any_more(place):
    class Cut(Watched):
        def before(self, method, name, *_):
            if (method, name) == ("delete", layout.version(KEY, 2)):
                raise Killed

    one = Registry(place.open(), Ticking())
    for content in "123":
        one.publish(DRAFT, package(content))
    with pytest.raises(Killed):
        Registry(Cut(place.open())).purge(KEY, PURGE)

    assert place.open().read(layout.version(KEY, 3))
    assert [list(one.versions(KEY)), one.newest(KEY), list(one.summaries())] == [[], None, []]


def test_what_a_publish_that_was_killed_has_left_can_be_purged(place):
    class Cut(Watched):
        def before(self, method, name, *_):
            if (method, name) == ("write", layout.version(KEY, 1)):
                raise Killed

    with pytest.raises(Killed):
        Registry(Cut(place.open())).publish(DRAFT, package("1"))
    one = Registry(place.open(), Ticking())
    assert (list(one.versions(KEY)), one.can_purge(KEY)) == ([], True)
    assert one.purge(KEY, PURGE) == 0
    assert [name for name in place.open().list("integrations/acme/") if "/activity/" not in name] == [
        "integrations/acme/state.json"
    ]
    assert one.publish(DRAFT, package("1")).manifest.number == 1


def test_8_processes_that_publish_25_versions_each_get_numbers_without_a_gap(place):
    published = race(place.url, place.root, 8, 25)

    contents = settled(Registry(place.open()), place.open())
    assert list(contents) == list(range(200, 0, -1))
    assert sorted(contents.values()) == published


class Late(FaultyStore):
    """Fails every third call, answers late, and loses answers: each in its turn."""

    def __init__(self, store):
        super().__init__(store, late=lambda: sleep(0))


def test_4_threads_that_publish_to_a_store_that_fails_get_numbers_without_a_gap(place):
    def publisher(who):
        def publish():
            one = Registry(Retrying(Late(place.open()), NO_WAITING))
            return [one.publish(DRAFT, package(f"{who} {turn}")).manifest.number for turn in range(5)]

        return publish

    numbers = at_once([publisher(who) for who in range(4)])

    assert sorted(number for some in numbers for number in some) == list(range(1, 21))
    contents = settled(Registry(place.open()), place.open())
    assert contents == {
        number: f"{who} {turn}" for who in range(4) for turn, number in enumerate(numbers[who])
    }


def test_summaries_of_all_come_by_key_and_are_read_as_they_are_needed(place):
    keys = [f"key-{number:02}" for number in range(12)]
    for key in keys:
        Registry(place.open()).publish(DRAFT._replace(key=key), package(key))
    watched = Watched(place.open())
    some = Registry(watched).summaries()

    assert next(some).key == "key-00"
    assert watched.calls["read"] <= watched.readers + 1
    assert [summary.key for summary in some] == keys[1:]
    assert watched.calls["read"] == 12
    assert [summary.key for summary in Registry(failing(place).open()).summaries()] == keys


def test_a_summary_that_cannot_be_read_is_told_when_it_is_its_turn(place):
    class Broken(Watched):
        def before(self, method, name, *_):
            if name == layout.summary("c"):
                raise no_network()

    for key in "abcd":
        Registry(place.open()).publish(DRAFT._replace(key=key), package(key))
    summaries = Registry(Broken(place.open())).summaries()

    assert [next(summaries).key, next(summaries).key] == ["a", "b"]
    with pytest.raises(XchangeError, match="the registry does not answer"):
        next(summaries)


def test_a_publish_costs_a_few_calls(place):
    watched = Watched(place.open())
    one = Registry(watched)
    counts = []
    for content in ("1", "2", "2"):
        watched.calls.clear()
        one.publish(DRAFT, package(content))
        counts.append(dict(watched.calls))

    assert counts == [{"read": 13, "list": 1, "write": 6}, {"read": 10, "write": 5}, {"read": 6}]


def test_the_hint_is_brought_up_to_date_when_it_is_behind(place):
    one, store = Registry(place.open()), place.open()
    for content in "123":
        one.publish(DRAFT, package(content))
    store.write(layout.head(KEY), b'{"number": 1}')

    assert one.publish(DRAFT, package("4")).manifest.number == 4
    assert json.loads(store.read(layout.head(KEY)).data) == {"number": 4}
    assert whole(one) == {1: "1", 2: "2", 3: "3", 4: "4"}
