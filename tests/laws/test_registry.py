"""Nothing published is lost, overwritten or half there, whoever is killed, cut off or faster."""

import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from registries import (
    DRAFT,
    KEY,
    MARK,
    PURGE,
    Killed,
    Meddling,
    Stopping,
    Watched,
    folder_store,
    no_network,
    package,
    publishing,
    purging_killed,
    registry,
    settled,
    whole,
    with_versions,
)
from stores import error_of
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import layout
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_state import AS_PUBLISHED, UNAVAILABLE, VersionState

MOST_CALLS = 60
GONE = VersionState(available=False, because="old")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("versions", [0, 2])
@pytest.mark.parametrize("trouble", [Killed, no_network])
def test_a_publish_that_ends_anywhere_leaves_the_whole_version_or_none_and_the_next_makes_all_good(
    tmp_path, versions, when, trouble
):
    seen = set()
    for number in range(1, MOST_CALLS):
        root = tmp_path / str(number)
        one = registry(root)
        for count in range(versions):
            one.publish(DRAFT, package(str(count)))
        before = whole(one)
        try:
            stopping = Stopping(folder_store(root), number, when=when, trouble=trouble)
            registry(root, stopping).publish(DRAFT, package("new", a="b"))
        except (Killed, XchangeError):
            after = whole(one)
            assert after in (before, {**before, versions + 1: "new"})
            seen.add(len(after))
            published = one.publish(DRAFT, package("new", a="b"))
            assert published.is_new == (after == before)
            one.publish(DRAFT, package("next"))
            assert settled(one, folder_store(root)) == {**before, versions + 1: "new", versions + 2: "next"}
        else:
            break
    assert seen == {versions, versions + 1}
    assert number < MOST_CALLS - 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_versions_of_many_who_were_killed_come_into_the_log_with_the_next_one(tmp_path, when):
    for number in range(1, 50):
        with suppress(Killed):
            stopping = Stopping(folder_store(tmp_path), number % 15 + 1, when=when)
            registry(tmp_path, stopping).publish(DRAFT, package(str(number)))
    one = registry(tmp_path)
    last = one.publish(DRAFT, package("last")).manifest.number

    contents = settled(one, folder_store(tmp_path))
    assert (contents[last], sorted(contents)) == ("last", list(range(1, last + 1)))
    assert last > 14


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_mark_that_is_killed_anywhere_is_made_and_logged_once_by_the_next_try(tmp_path, when):
    for number in range(1, MOST_CALLS):
        root = tmp_path / str(number)
        one = registry(root)
        one.publish(DRAFT, package())
        try:
            stopping = registry(root, Stopping(folder_store(root), number, when=when))
            stopping.change_state(KEY, 1, lambda _: GONE, MARK)
        except Killed:
            assert one.states(KEY)[1] in (AS_PUBLISHED, GONE)
            assert one.change_state(KEY, 1, lambda _: GONE, MARK._replace(user="again")) == GONE
            assert sorted(entry.category for entry in one.log(KEY)) == ["availability", "publish"]
            assert settled(one, folder_store(root)) == {1: "1"}
        else:
            break
    assert number < MOST_CALLS - 1


class Observed(Watched):
    """Lets somebody look whenever something has happened."""

    look = staticmethod(lambda: None)

    def after(self, *_):
        self.look()


def test_a_version_that_is_published_as_unavailable_is_never_seen_as_another(tmp_path):
    other, store, seen = registry(tmp_path), Observed(folder_store(tmp_path)), []
    other.publish(DRAFT, package("1"))
    store.look = lambda: seen.append(
        (other.newest(KEY).number, other.states(KEY)[2], other.summary(KEY).state)
    )
    registry(tmp_path, store).publish(DRAFT, package("2"), available=False)

    assert {(number, state.available) for number, state, _ in seen if number == 2} == {(2, False)}
    assert seen[-1] == (2, UNAVAILABLE, UNAVAILABLE)
    assert other.states(KEY) == {2: UNAVAILABLE}
    assert [(entry.category, entry.subject) for entry in other.log(KEY)] == [
        ("availability", "acme@2"),
        ("publish", "acme@2"),
        ("publish", "acme@1"),
    ]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("then", ["the same", "another", "mark"])
def test_who_is_killed_while_publishing_what_is_unavailable_leaves_no_wrong_state(tmp_path, when, then):
    seen = set()
    for number in range(1, MOST_CALLS):
        root = tmp_path / str(number)
        one, stopping = registry(root), Stopping(folder_store(root), number, when=when)
        try:
            registry(root, stopping).publish(DRAFT, package("1"), available=False)
        except Killed:
            is_there = bool(whole(one))
            seen.add(is_there)
            assert one.states(KEY) == ({1: UNAVAILABLE} if is_there else {})
            if then == "the same":
                one.publish(DRAFT, package("1"), available=False)
                assert one.states(KEY) == {1: UNAVAILABLE}
                assert sorted(entry.category for entry in one.log(KEY)) == ["availability", "publish"]
            else:
                one.publish(DRAFT, package("2"))
                if then == "mark":
                    last = one.newest(KEY).number
                    one.change_state(KEY, last, lambda _: GONE, MARK._replace(subject=f"acme@{last}"))
                expected = {1: UNAVAILABLE} if is_there else {}
                assert one.states(KEY) == expected | ({last: GONE} if then == "mark" else {})
            settled(one, folder_store(root))
        else:
            break
    assert seen == {True, False}
    assert number < MOST_CALLS - 1


def test_the_winner_of_a_race_is_not_unavailable_because_the_loser_wants_to_be(tmp_path):
    other = registry(tmp_path)
    store = Meddling(
        folder_store(tmp_path), layout.version(KEY, 1), lambda: other.publish(DRAFT, package("theirs"))
    )
    assert registry(tmp_path, store).publish(DRAFT, package("ours"), available=False).manifest.number == 2
    assert other.states(KEY) == {2: UNAVAILABLE}
    assert b"planned" not in folder_store(tmp_path).read(layout.state(KEY)).data


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_purge_that_is_killed_anywhere_is_finished_by_the_next_one_and_no_number_comes_back(tmp_path, when):
    for number in range(1, MOST_CALLS):
        root = tmp_path / str(number)
        one = registry(root)
        one.publish(DRAFT, package("1"))
        one.publish(DRAFT, package("2"))
        try:
            registry(root, Stopping(folder_store(root), number, when=when)).purge(KEY, PURGE)
        except Killed:
            assert finished_purge(one, folder_store(root)) == (3, {3: "2"})
        else:
            break
    assert number < MOST_CALLS - 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_purge_that_is_killed_at_20_points_is_finished_by_the_next_one_and_leaves_no_file(tmp_path):
    roots = [tmp_path / str(turn) for turn in range(20)]
    for root in roots:
        registry(root).publish(DRAFT, package("1", a="a"))
        registry(root).publish(DRAFT, package("2", b="b"))

    assert purging_killed(roots) == [-signal.SIGKILL] * len(roots)

    for root in roots:
        assert finished_purge(registry(root), folder_store(root)) == (3, {3: "2"})


def finished_purge(one, store):
    """Go on after a purge was killed, and give the number of the next version, and the contents by number."""
    state = store.read(layout.state(KEY))
    if state is not None and b'"purging"' in state.data:
        with pytest.raises(XchangeError, match="all versions of acme are being deleted") as refused:
            one.publish(DRAFT, package("2"))
        assert refused.value.code is ErrorCode.CONFLICT
    if one.can_purge(KEY):
        one.purge(KEY, PURGE)
    left = [name for name in store.list(layout.folder(KEY)) if "/activity/" not in name]
    assert left == [layout.head(KEY), layout.state(KEY)]
    assert not one.can_purge(KEY)
    assert len([entry for entry in one.log() if entry.category == "delete"]) == 1
    number = one.publish(DRAFT, package("2")).manifest.number
    return number, settled(one, store)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_version_that_is_published_while_a_purge_is_killed_is_whole_or_refused(tmp_path, when):
    refused = set()
    for number in range(1, MOST_CALLS):
        root, ended = tmp_path / str(number), []
        other = registry(root)
        other.publish(DRAFT, package("old"))

        def purge(root=root, number=number, ended=ended):
            registry(root, Stopping(folder_store(root), number, when=when)).purge(KEY, PURGE)
            ended.append(True)

        def meddle(purge=purge):
            with suppress(Killed):
                purge()

        one = registry(root, Meddling(folder_store(root), layout.version(KEY, 2), meddle))
        error = error_of(lambda one=one: one.publish(DRAFT, package("new")))
        refused.add(error is not None)
        if error is None:
            assert whole(other)[2] == "new"
        else:
            assert (error.code, error.retryable) == (ErrorCode.CONFLICT, True)
            assert 2 not in whole(registry(root))
            other.purge(KEY, PURGE)
            assert other.publish(DRAFT, package("next")).manifest.number == 3
        if ended:
            break
    assert refused == {True, False}
    assert number < MOST_CALLS - 1


def test_the_loser_of_a_race_takes_the_next_number(tmp_path):
    other = registry(tmp_path)
    store = Meddling(
        folder_store(tmp_path), layout.version(KEY, 1), lambda: other.publish(DRAFT, package("theirs"))
    )

    published = registry(tmp_path, store).publish(DRAFT, package("ours"))

    assert (published.manifest.number, published.is_new) == (2, True)
    assert settled(other, folder_store(tmp_path)) == {1: "theirs", 2: "ours"}


def test_the_loser_of_a_race_is_given_the_version_that_is_the_same(tmp_path):
    other = registry(tmp_path)
    store = Meddling(
        folder_store(tmp_path), layout.version(KEY, 1), lambda: other.publish(DRAFT, package("same"))
    )

    published = registry(tmp_path, store).publish(DRAFT._replace(author="Bob"), package("same"))

    assert (published.manifest.number, published.is_new, published.manifest.author) == (
        1,
        False,
        DRAFT.author,
    )
    assert settled(other, folder_store(tmp_path)) == {1: "same"}


@pytest.mark.parametrize("name", [layout.summary(KEY), layout.head(KEY)])
def test_a_slower_publisher_takes_nothing_back_of_what_a_faster_one_wrote(tmp_path, name):
    other = registry(tmp_path)
    other.publish(DRAFT, package("old"))
    store = Meddling(folder_store(tmp_path), name, lambda: other.publish(DRAFT, package("fast")))

    registry(tmp_path, store).publish(DRAFT, package("slow"))

    assert settled(other, folder_store(tmp_path)) == {1: "old", 2: "slow", 3: "fast"}


def test_two_who_change_the_state_of_versions_at_once_both_do(tmp_path):
    other = registry(tmp_path)
    other.publish(DRAFT, package("1"))
    other.publish(DRAFT, package("2"))

    def offer():
        other.change_state(
            KEY, 1, lambda state: state._replace(template="org"), MARK._replace(category="template")
        )

    store = Meddling(folder_store(tmp_path), layout.state(KEY), offer)
    registry(tmp_path, store).change_state(KEY, 1, lambda state: state._replace(available=False), MARK)

    assert other.states(KEY) == {1: VersionState(available=False, template="org")}
    assert {entry.category for entry in other.log()} == {"publish", "template", "availability"}
    settled(other, folder_store(tmp_path))


def test_a_version_that_is_published_while_the_others_are_purged_is_whole_or_refused(tmp_path):
    for number in (1, 2):
        root = tmp_path / str(number)
        other = registry(root)
        other.publish(DRAFT, package("old"))
        if number == 2:
            other.publish(DRAFT, package("old 2"))

        def meddle(other=other, number=number):
            if number == 2:
                other.publish(DRAFT, package("theirs"))
            other.purge(KEY, PURGE)

        one = registry(root, Meddling(folder_store(root), layout.version(KEY, number + 1), meddle))
        if number == 1:
            assert one.publish(DRAFT, package("new")).manifest.number == 2
            assert settled(other, folder_store(root)) == {2: "new"}
        else:
            with pytest.raises(XchangeError) as caught:
                one.publish(DRAFT, package("new"))
            assert (caught.value.code, caught.value.retryable) == (ErrorCode.CONFLICT, True)
            assert whole(other) == {}
            assert other.publish(DRAFT, package("new")).manifest.number == 4


def test_8_threads_that_publish_25_versions_each_get_numbers_without_a_gap(tmp_path):
    def publish(who):
        one = Registry(folder_store(tmp_path))
        return [one.publish(DRAFT, package(f"{who} {turn}")).manifest for turn in range(25)]

    with ThreadPoolExecutor(8) as pool:
        manifests = [manifest for of in pool.map(publish, range(8)) for manifest in of]

    one = registry(tmp_path)
    assert settled(one, folder_store(tmp_path)) == {
        manifest.number: one.fetch(KEY, manifest.number).file("integration.yml").decode()
        for manifest in manifests
    }
    assert sorted(manifest.number for manifest in manifests) == list(range(1, 201))
    assert len(list(one.log())) == 200


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_processes_that_are_killed_at_20_random_points_leave_whole_versions_only(tmp_path):
    random = Random(6)
    points = [random.randrange(1, 70) for _ in range(20)]
    processes = [
        publishing("registry/", tmp_path, f"killed {turn}", 1, left) for turn, left in enumerate(points)
    ]
    codes = {process.wait(60) for process in processes}

    one = registry(tmp_path)
    before = whole(one)
    number = one.publish(DRAFT, package("last")).manifest.number
    assert -signal.SIGKILL in codes
    assert settled(one, folder_store(tmp_path)) == {**before, number: "last"}
    assert sorted(before) == list(range(1, number))


def test_publishing_costs_the_same_calls_with_10_and_with_10_000_versions(tmp_path):
    calls, draft = [], DRAFT._replace(key="globex")
    for count in (10, 10_000):
        root = tmp_path / str(count)
        with_versions(root, count, "globex")
        watched = Watched(folder_store(root))
        assert registry(root, watched).publish(draft, package("1")).manifest.number == count + 1
        assert registry(root, watched).publish(draft, package("2")).manifest.number == count + 2
        calls.append(dict(watched.calls))

    assert calls == [{"read": 20, "write": 10}] * 2


def test_a_hint_that_is_far_behind_costs_one_list_and_the_log_of_the_last_100(tmp_path):
    with_versions(tmp_path, 1000)
    (tmp_path / "registry" / layout.head(KEY)).write_text('{"number": 10}')
    watched = Watched(folder_store(tmp_path))

    assert registry(tmp_path, watched).publish(DRAFT, package("1")).manifest.number == 1001

    assert watched.calls["list"] == 1
    assert len(list(registry(tmp_path).log())) == 100


class Histories(RuleBasedStateMachine):
    """A registry beside what it should be: contents and states by number."""

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.registry = registry(self.root)
        self.contents, self.states, self.last, self.logged = {}, {}, 0, 0

    def teardown(self):
        self.folder.cleanup()

    @rule(content=st.sampled_from("abc"))
    def publish(self, content):
        published = self.registry.publish(DRAFT, package(content))
        is_new = self.contents.get(self.last) != content
        if is_new:
            self.last += 1
            self.logged += 1
            self.contents[self.last] = content
        assert (published.manifest.number, published.is_new) == (self.last, is_new)

    @precondition(lambda self: self.contents)
    @rule(data=st.data(), available=st.booleans(), template=st.sampled_from(["no", "org", "all"]))
    def change(self, data, available, template):
        number = data.draw(st.sampled_from(sorted(self.contents)))
        wanted = VersionState(available, "", (), template)
        self.registry.change_state(KEY, number, lambda _: wanted, MARK)
        if self.states.get(number, AS_PUBLISHED) != wanted:
            self.states[number] = wanted
            self.logged += 1

    @precondition(lambda self: self.contents)
    @rule()
    def purge(self):
        assert self.registry.purge(KEY, PURGE) == len(self.contents)
        self.contents, self.states = {}, {}
        self.logged += 1

    @rule(
        name=st.sampled_from([layout.head(KEY), layout.summary(KEY)]),
        text=st.sampled_from(["", "{", "null", '{"number": 7}', '{"number": 1}', "\x00", "<<<<<<< HEAD\n"]),
    )
    def damage_what_is_derived(self, name, text):
        if (self.root / "registry" / name).exists():
            (self.root / "registry" / name).write_text(text)

    @rule(name=st.sampled_from([layout.head(KEY), layout.summary(KEY)]))
    def lose_what_is_derived(self, name):
        (self.root / "registry" / name).unlink(missing_ok=True)

    @invariant()
    def agrees(self):
        one = self.registry
        assert whole(one) == self.contents
        newest = one.newest(KEY)
        assert (newest.number if newest else None) == max(self.contents, default=None)
        states = {number: state for number, state in self.states.items() if state != AS_PUBLISHED}
        assert one.states(KEY) == states
        assert len(list(one.log(KEY))) == self.logged
        summary = one.summary(KEY)
        assert (summary is not None) == bool(self.contents)
        if summary is not None:
            available = [number for number in self.contents if states.get(number, AS_PUBLISHED).available]
            assert summary.newest_available == max(available, default=None)
            assert {offer.number: offer.template for offer in summary.templates} == {
                number: state.template for number, state in states.items() if state.template != "no"
            }


Histories.TestCase.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
TestHistories = Histories.TestCase
