"""What a registry promises in every store: a folder and S3, also where every third call fails."""

import json

import pytest

from registries import DRAFT, KEY, MARK, PURGE, Ticking, Watched, package, race, settled, whole
from stores import Place, failing
from xchange_cli.registry import layout
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.version_state import VersionState


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


def test_8_processes_that_publish_25_versions_each_get_numbers_without_a_gap(place):
    published = race(place.url, place.root, 8, 25)

    contents = settled(Registry(place.open()), place.open())
    assert list(contents) == list(range(200, 0, -1))
    assert sorted(contents.values()) == published


def test_a_publish_costs_a_few_calls(place):
    watched = Watched(place.open())
    one = Registry(watched)
    counts = []
    for content in ("1", "2", "2"):
        watched.calls.clear()
        one.publish(DRAFT, package(content))
        counts.append(dict(watched.calls))

    assert counts == [{"read": 13, "write": 6}, {"read": 10, "write": 5}, {"read": 6}]


def test_the_hint_is_brought_up_to_date_when_it_is_behind(place):
    one, store = Registry(place.open()), place.open()
    for content in "123":
        one.publish(DRAFT, package(content))
    store.write(layout.head(KEY), b'{"number": 1}')

    assert one.publish(DRAFT, package("4")).manifest.number == 4
    assert json.loads(store.read(layout.head(KEY)).data) == {"number": 4}
    assert whole(one) == {1: "1", 2: "2", 3: "3", 4: "4"}
