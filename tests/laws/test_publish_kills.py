"""A publish that is killed anywhere leaves the whole version or nothing to be seen, and the next one succeeds."""

import sys
from random import Random

import pytest

import repositories
from publish_kills import Scene

KILLS = 10


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("pushes", [False, True], ids=["kept", "pushed"])
def test_a_publish_that_is_killed_at_10_random_points_leaves_the_whole_version_or_none(tmp_path, pushes):
    scene, random, hit = Scene(tmp_path, pushes=pushes), Random(6), []
    while len(hit) < KILLS:
        told = scene.tell(random)
        assert told.faults == ()
        hit += [told] if told.was_killed else []
    assert {told.is_there for told in hit} == {True, False}
