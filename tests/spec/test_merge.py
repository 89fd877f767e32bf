"""What a merge makes of three files: `merge/*/{base,ours,theirs}.yml` → `expected.yml`, and the conflicts it tells of."""

from pathlib import Path

import pytest

from xchange_cli.components.catalog import Catalog
from xchange_cli.merging.conflicts import conflicts_in
from xchange_cli.merging.merge import merge
from xchange_cli.source import Source

CASES = sorted(path for path in (Path(__file__).parent / "merge").iterdir() if path.is_dir())


def merged(case):
    base, ours, theirs = (
        Source.read(case / f"{side}.yml", f"{side}.yml") for side in ("base", "ours", "theirs")
    )
    return merge(base, ours, theirs, Catalog.load(), ("HEAD", "base", "their-branch"))


def told(found):
    """Give the list of conflicts as the last lines of the expected file have it, as comments."""
    return "".join(f"# {one.line}: {' / '.join(one.path)}: {one.what}\n" for one in found.conflicts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_three_files_become_the_expected_one(case, golden):
    found = merged(case)
    golden(case / "expected.yml", found.text + told(found))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_conflict_is_found_again_in_the_file_with_its_flow_and_step(case):
    found = merged(case)
    again = conflicts_in(Source("merged.yml", found.text))
    places = [hunk.marks.span.first.line for hunk in again]
    assert places == sorted({one.line for one in found.conflicts})
    assert {(hunk.flow, hunk.step) for hunk in again} == {(one.flow, one.step) for one in found.conflicts}
