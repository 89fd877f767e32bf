"""A run that is killed loses nothing that had finished, and finished steps never run twice (`make stress`: 200 kills)."""

import pytest

from kills import Story, drawn, faults, tell

SEEDS = 20


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Story:
    return tell(tmp_path_factory.mktemp("undisturbed"), [])


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_killed_run_comes_to_what_an_undisturbed_one_comes_to_and_repeats_only_what_was_in_flight(
    seed, undisturbed, tmp_path
):
    story = tell(tmp_path, drawn(seed))

    assert faults(story, undisturbed) == []
    assert story.kills or drawn(seed)[0].when == "time"
