"""What holds for every merge, whatever two sides have changed."""

import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import MORE
from integration_edits import commented, edited, written
from xchange_cli.changes.comparison.comparison import compare_parts
from xchange_cli.changes.comparison.delta import What
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.merging.conflicts import conflicts_in, resolve
from xchange_cli.merging.merge import merge
from xchange_cli.model.build import build
from xchange_cli.source import Source

CATALOG = Catalog.load()
HERE = Path(__file__).parents[1]
REAL_FILES = sorted(Path(os.environ.get("XCHANGE_REAL_FILES") or "/nowhere").glob("**/*.y*ml"))
SMALL = [HERE / "spec/diff/01-value-needed/old.yml", HERE / "spec/merge/removed-and-changed/base.yml"]
SETS = {"labels", "pickList"}
"""Lists whose order is that of ours where both sides have changed them."""

seeds = st.integers(0, 2**32)
counts = st.integers(1, 6)


def data_of(path):
    return parse(Source(path.name, path.read_text(encoding="utf-8"))).data


INTEGRATIONS = [data_of(path) for path in SMALL]


def merged(base, ours, theirs):
    return merge(Source("base", base), Source("ours", ours), Source("theirs", theirs), CATALOG)


def integration(text):
    document = parse(Source("x.yml", text))
    assert not document.diagnostics, text
    return build(document.root)


def differences(one, other):
    return compare_parts(integration(one), integration(other), CATALOG).deltas


def with_comments(data, seed):
    """Give a text with comments, or without where they would have got into a text."""
    text = commented(written(data), seed)
    return text if parse(Source("x.yml", text)).data == data else written(data)


def conflicts(found):
    return [one[:4] for one in found.conflicts]


def check_one_sided(data, seed, count):
    """What only one side has changed is that side's; the base, in another format, changes nothing."""
    base, changed = written(data, seed or 1), edited(data, seed, count)
    theirs = merged(base, written(data), written(changed, seed + 1))
    assert theirs.conflicts == ()
    assert differences(written(changed), theirs.text) == ()
    ours = with_comments(changed, seed)
    assert merged(base, ours, written(data)) == (ours, ())


def check_both_sided(data, seed, count):
    """No format matters; each choice gives a file; and where nothing is open, neither side comes first."""
    ours, theirs = (edited(data, 2 * seed + side, count) for side in (1, 2))
    found = merged(written(data), with_comments(ours, seed), written(theirs))
    other = merged(written(data, seed + 1), with_comments(ours, seed), written(theirs, seed + 2))
    assert conflicts(found) == conflicts(other)
    for side in ("ours", "theirs"):
        assert differences(*(settled(one.text, side) for one in (found, other))) == ()
    if not found.conflicts:
        swapped = merged(written(data), written(theirs), written(ours))
        assert swapped.conflicts == ()
        left = [one for one in differences(found.text, swapped.text) if one.what is not What.MOVED]
        assert [one for one in left if not SETS & set(one.address)] == []


def settled(text, side):
    source = Source("merged", text)
    return resolve(source, conflicts_in(source), side)


@given(st.sampled_from(INTEGRATIONS), seeds, counts)
@settings(max_examples=20 * MORE, deadline=None)
def test_what_one_side_has_changed_is_the_result(data, seed, count):
    check_one_sided(data, seed, count)


@given(st.sampled_from(INTEGRATIONS), seeds, counts)
@settings(max_examples=40 * MORE, deadline=None)
def test_two_sides_become_one_whatever_their_format(data, seed, count):
    check_both_sided(data, seed, count)


@given(st.sampled_from(INTEGRATIONS), seeds, counts)
@settings(max_examples=25 * MORE, deadline=None)
def test_bytes_decide_where_two_of_the_three_are_the_same(data, seed, count):
    one, other = written(data), with_comments(edited(data, seed, count), seed)
    assert merged(one, one, other) == (other, ())
    assert merged(one, other, one) == (other, ())
    assert merged(one, other, other) == (other, ())


@given(st.sampled_from(INTEGRATIONS), seeds)
@settings(max_examples=20 * MORE, deadline=None)
def test_lines_of_ours_stay_where_theirs_only_adds(data, seed):
    ours = with_comments(edited(data, seed, 3), seed)
    new = dict(edited(data, seed, 0), instructions="first\nsecond\n")
    new["flows"] = [*data["flows"], {"name": "Added", "steps": []}]
    found = merged(written(data), ours, written(new, seed + 1))
    assert found.conflicts == ()
    rest = iter(found.text.splitlines())
    assert all(line in rest for line in ours.splitlines())


def check_comments(data, seed, count):
    """What theirs has only commented is in the result once each; what ours has removed may take its comments along."""
    dice = Random(seed)
    comments, theirs = annotated(written(data, dice.choice([0, seed])), dice)
    ours = written(edited(data, seed, count), seed + 1)
    found = merged(written(data), ours, theirs)
    assert found.conflicts == ()
    lost = [one for one in comments if f"{one}\n" not in found.text]
    assert lost == [] or count
    assert [one for one in comments if found.text.count(f"{one}\n") > 1] == []
    assert merged(written(data), found.text, theirs) == found


def annotated(text, dice):
    """Put a comment of its own above some lines, behind some, and at the end, where comments can be; give them, too."""
    lines, comments = [], []
    data = parse(Source("x.yml", text)).data
    rest = text.splitlines()
    for number, line in enumerate(rest):
        note = f"# note {number}"
        for new in ([" " * (len(line) - len(line.lstrip())) + note, line], [f"{line}  {note}"]):
            is_chosen = dice.random() < 0.15
            if (
                is_chosen
                and parse(Source("x.yml", "\n".join([*lines, *new, *rest[number + 1 :], ""]))).data == data
            ):
                lines += new
                comments.append(note)
                break
        else:
            lines.append(line)
    return comments, "\n".join([*lines, ""])


@given(st.sampled_from(INTEGRATIONS), seeds, st.integers(0, 3))
@settings(max_examples=40 * MORE, deadline=None)
def test_comments_of_theirs_are_all_kept_and_none_is_there_twice(data, seed, count):
    check_comments(data, seed, count)


@pytest.mark.skipif(not REAL_FILES, reason="set XCHANGE_REAL_FILES to a folder of exported integrations")
@pytest.mark.parametrize("path", REAL_FILES, ids=lambda path: path.name)
def test_the_laws_hold_for_real_files(path):
    data = data_of(path)
    for number in range(4):
        seed = Random(path.name + str(number)).randrange(2**32)
        check_one_sided(data, seed, 3)
        check_both_sided(data, seed, 3)
        check_comments(data, seed, number)


@pytest.mark.skipif(not REAL_FILES, reason="set XCHANGE_REAL_FILES to a folder of exported integrations")
@pytest.mark.parametrize("path", REAL_FILES, ids=lambda path: path.name)
def test_real_files_keep_their_lines(path):
    text = path.read_text(encoding="utf-8")
    data = data_of(path)
    new = dict(data, flows=[*data["flows"], {"name": "Added by the other side", "steps": []}])
    found = merged(written(data), text, written(new))
    assert found.conflicts == ()
    rest = iter(found.text.splitlines())
    assert all(line in rest for line in text.splitlines())
