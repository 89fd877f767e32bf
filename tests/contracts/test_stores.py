"""What every store must do; each law holds for a folder and for S3, also where every third call fails."""

import os
from itertools import chain, compress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stores import Place, add_lines, at_once, code_of, failing, in_processes, refused, take_numbers, write_new
from xchange_cli.errors import ErrorCode

ODD_NAMES = [
    "with a blank.txt", "Ünïcödé/größe.md", "emoji 🚀/👩‍👩‍👧.png", "100%/a+b&c=d#e?.txt", "%2e%2e/x", "~/a", "*",
    "'\"<>|`$(x);", "..a/...b", "-rf", "a" * 255, "日本語", "e\u0301 and é",
]  # fmt: skip
LEADING_ELSEWHERE = [
    "", "/", "/etc/passwd", "../x", "a/../../x", "a/..", ".", "./a", "a//b", "a/", "C:/x", "c:x", "a\\..\\b", "\\\\host\\x",
    "a\0b", "a\nb", "\x1b[31m", "\x85", "\ud800", "con", "a/NUL", "com1.txt", "Aux .md", "a.", "a /b", ".git/hooks/x",
    "x/.GIT", ".xchange/x", ".XChange", "a" * 256, "é" * 128,
]  # fmt: skip


@pytest.fixture(params=["folder", "s3", "failing folder", "failing s3"])
def place(request, tmp_path):
    if request.param.endswith("s3"):
        found = request.getfixturevalue("s3_place")
    else:
        found = Place("registry/", tmp_path)
    return failing(found) if request.param.startswith("failing") else found


@pytest.fixture(params=["folder", "s3"])
def sound_place(request, tmp_path):
    return Place("registry/", tmp_path) if request.param == "folder" else request.getfixturevalue("s3_place")


@pytest.fixture
def store(place):
    return place.open()


def fill(store, *names):
    for name in names:
        store.write(name, name.encode())


def test_nothing_is_read_where_nothing_was_written(store):
    assert store.read("a/b.json") is None


@pytest.mark.parametrize("data", [b"", b"text\r\n", bytes(range(256)), b"\xef\xbb\xbf", b"x" * 1_000_000])
def test_what_is_written_is_read_byte_for_byte(store, data):
    store.write("a/b", data)
    assert store.read("a/b").data == data


def test_the_tag_that_a_write_gives_is_the_tag_that_is_read(store):
    tag = store.write("a", b"1")
    assert tag
    assert store.read("a").tag == tag


def test_another_content_has_another_tag(store):
    assert store.write("a", b"1") != store.write("a", b"2")


def test_a_write_without_a_condition_replaces_what_is_there(store):
    store.write("a", b"1, which is longer")
    store.write("a", b"2")
    assert store.read("a").data == b"2"


def test_a_store_opened_anew_has_what_was_written(place):
    tag = place.open().write("a/b", b"1")
    assert place.open().read("a/b") == (b"1", tag)


def test_what_is_absent_is_written_if_absent(store):
    tag = store.write("a/b", b"1", if_absent=True)
    assert store.read("a/b") == (b"1", tag)


def test_what_is_there_is_not_written_if_absent(store):
    store.write("a", b"1")
    assert refused(lambda: store.write("a", b"2", if_absent=True))
    assert store.read("a").data == b"1"


def test_the_same_content_may_be_written_if_absent_again(store):
    tag = store.write("a", b"1", if_absent=True)
    assert store.write("a", b"1", if_absent=True) == tag


def test_what_was_deleted_is_absent(store):
    store.write("a", b"1")
    store.delete("a")
    store.write("a", b"2", if_absent=True)
    assert store.read("a").data == b"2"


def test_what_has_the_tag_is_written_if_it_matches(store):
    tag = store.write("a", b"2", if_match=store.write("a", b"1"))
    assert store.read("a") == (b"2", tag)


def test_what_has_another_tag_is_not_written_if_it_matches(store):
    tag = store.write("a", b"1")
    store.write("a", b"2")
    assert refused(lambda: store.write("a", b"3", if_match=tag))
    assert store.read("a").data == b"2"


def test_a_tag_matches_nothing_where_nothing_is(store):
    tag = store.write("a", b"1")
    store.delete("a")
    assert refused(lambda: store.write("a", b"2", if_match=tag))
    assert refused(lambda: store.write("b/c", b"2", if_match=tag))
    assert list(store.list("")) == []


def test_what_is_deleted_is_gone_and_nothing_else(store):
    fill(store, "a/b/c", "a/b/d", "a/bc")
    store.delete("a/b/c")
    assert store.read("a/b/c") is None
    assert list(store.list("")) == ["a/b/d", "a/bc"]


def test_what_is_not_there_may_be_deleted(store):
    store.delete("a/b")
    fill(store, "a/b")
    store.delete("a/b")
    store.delete("a/b")
    store.delete("a")


def test_names_are_listed_sorted_as_a_whole(store):
    names = ["A", "a!", "a-/x", "a.b", "a/b/c", "a/b-c", "a0", "b", "ä", "😀"]
    fill(store, *reversed(names))
    assert list(store.list("")) == sorted(names)


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("", ["acme/1", "acme/sub/2", "acme-x/3", "b/4"]),
        ("acme/", ["acme/1", "acme/sub/2"]),
        ("acme", ["acme/1", "acme/sub/2", "acme-x/3"]),
        ("ac", ["acme/1", "acme/sub/2", "acme-x/3"]),
        ("acme/s", ["acme/sub/2"]),
        ("acme/1", ["acme/1"]),
        ("acme/1/", []),
        ("none/", []),
    ],
)
def test_those_names_are_listed_that_begin_with_the_prefix(store, prefix, names):
    fill(store, "acme/1", "acme/sub/2", "acme-x/3", "b/4")
    assert list(store.list(prefix)) == sorted(names)


@pytest.mark.parametrize("after", ["", "0", "a", "a/", "a/1", "a/15", "a/2/x", "a/2/z", "b", "c"])
@pytest.mark.parametrize("prefix", ["", "a/"])
def test_those_names_are_listed_that_come_after(store, prefix, after):
    names = ["a/1", "a/2/x", "a/2/y", "a/3", "b/1"]
    fill(store, *names)
    assert list(store.list(prefix, after)) == [
        name for name in names if name.startswith(prefix) and name > after
    ]


def test_a_listing_of_many_pages_has_every_name_once(store, monkeypatch):
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "3")
    names = [f"a/{number:03}" for number in range(20)]
    fill(store, *names)
    assert list(store.list("a/")) == names
    assert list(store.list("a/", "a/004")) == names[5:]


def test_a_name_that_comes_while_a_listing_runs_harms_nothing(store):
    fill(store, "a", "c")
    listing = store.list("")
    assert next(listing) == "a"
    fill(store, "d")
    store.delete("c")
    assert [name for name in listing if name != "d"] in ([], ["c"])


def test_names_may_have_blanks_and_letters_of_all_scripts(store):
    tags = {name: store.write(name, name.encode(), if_absent=True) for name in ODD_NAMES}
    assert {name: store.read(name) for name in ODD_NAMES} == {
        name: (name.encode(), tags[name]) for name in ODD_NAMES
    }
    assert list(store.list("")) == sorted(ODD_NAMES)
    for name in ODD_NAMES:
        store.delete(name)
    assert list(store.list("")) == []


@pytest.mark.parametrize("use", ["read", "write", "delete"])
def test_names_that_could_lead_elsewhere_are_refused(store, use):
    act = {"read": store.read, "delete": store.delete, "write": lambda name: store.write(name, b"")}[use]
    assert {name: code_of(lambda name=name: act(name)) for name in LEADING_ELSEWHERE} == dict.fromkeys(
        LEADING_ELSEWHERE, ErrorCode.USAGE
    )


@pytest.mark.parametrize("prefix", ["../", "/", "a//", "a/../", "C:/"])
def test_prefixes_that_could_lead_elsewhere_are_refused(store, prefix):
    assert code_of(lambda: list(store.list(prefix))) is ErrorCode.USAGE


def test_names_that_differ_only_in_capital_letters_are_never_taken_for_each_other(store):
    store.write("acme/x", b"1")
    assert store.read("Acme/x") is None
    code = code_of(lambda: store.write("Acme/x", b"2"))
    assert (code, list(store.list(""))) in ((None, ["Acme/x", "acme/x"]), (ErrorCode.CONFLICT, ["acme/x"]))
    assert store.read("acme/x").data == b"1"


def test_stores_beside_each_other_know_nothing_of_each_other(place):
    beside = place._replace(url=place.url.rstrip("/") + "-2").open()
    beside.write("a", b"beside")
    store = place.open()
    store.delete("a")
    assert list(store.list("")) == []
    assert beside.read("a").data == b"beside"


def test_one_of_many_writers_gets_a_name(place):
    contents = [f"{number}".encode() for number in range(8)]
    has_won = at_once([lambda data=data: write_new(place.open(), "a/b", data) for data in contents])
    assert list(compress(contents, has_won)) == [place.open().read("a/b").data]


def test_no_line_is_lost_among_threads(place):
    added = at_once([lambda n=n: add_lines(place.open(), f"w{n}", 5) for n in range(6)])
    assert sorted(place.open().read("lines").data.decode().split()) == sorted(chain(*added))


def test_no_number_is_given_twice_among_threads(place):
    taken = at_once([lambda n=n: take_numbers(place.open(), f"w{n}", 5) for n in range(6)])
    assert sorted(chain(*taken)) == [f"numbers/{number:06}" for number in range(1, 31)]


def test_no_line_is_lost_among_processes(sound_place):
    added = in_processes("lines", sound_place, writers=4, times=10)
    assert sorted(sound_place.open().read("lines").data.decode().split()) == sorted(chain(*added))


def test_no_number_is_given_twice_among_processes(sound_place):
    taken = in_processes("numbers", sound_place, writers=4, times=10)
    assert sorted(chain(*taken)) == [f"numbers/{number:06}" for number in range(1, 41)]


def test_threads_that_write_and_delete_in_one_folder_do_not_harm_each_other(place):
    def work(writer):
        store = place.open()
        for number in range(5):
            store.write(f"shared/{writer}/{number}", b"1", if_absent=True)
            store.delete(f"shared/{writer}/{number}")
        store.write(f"shared/{writer}/last", b"1")

    at_once([lambda n=n: work(n) for n in range(6)])
    assert list(place.open().list("")) == [f"shared/{n}/last" for n in range(6)]


def test_readers_see_a_whole_content_at_any_time(place):
    contents = {bytes([letter]) * 200_000 for letter in b"ab"}
    place.open().write("a", min(contents))

    def read():
        store = place.open()
        return {store.read("a").data for _ in range(15)}

    def write():
        store = place.open()
        for content in [*contents] * 5:
            store.write("a", content)
        return contents

    assert set().union(*at_once([read, write, read, write])) <= contents


def test_a_store_says_where_it_is_as_the_user_does(place):
    assert place.open().url == place.url


NAMES = st.sampled_from(["a", "b/a", "b/c", "b/d/e", "b-"])
CONTENTS = st.sampled_from([b"", b"1", b"2"])
CALLS = st.lists(st.tuples(st.sampled_from(["write", "new", "match", "delete", "list"]), NAMES, CONTENTS))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls=CALLS)
def test_a_store_does_what_a_dictionary_would(place, calls):
    store = place._replace(url=place.url.rstrip("/") + os.urandom(8).hex()).open()
    held = {}
    for what, name, data in calls:
        there = store.read(name)
        assert (there and there.data) == held.get(name)
        if what == "delete":
            store.delete(name)
            held.pop(name, None)
        elif what == "list":
            assert list(store.list("b", name)) == sorted(n for n in held if n.startswith("b") and n > name)
        elif what == "new":
            assert write_new(store, name, data) == (held.get(name, data) == data)
            held.setdefault(name, data)
        elif what == "match" and there:
            store.write(name, data, if_match=there.tag)
            held[name] = data
        else:
            store.write(name, data)
            held[name] = data
    assert list(store.list("")) == sorted(held)
