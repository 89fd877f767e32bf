"""What holds for every comparison of two integrations, whatever they are."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from random_integrations import changed, integrations, written
from xchange_cli.canonical.formatted import formatted
from xchange_cli.changes.comparison.comparison import compare_parts
from xchange_cli.changes.comparison.delta import What
from xchange_cli.changes.comparison.names import with_names
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.comparison.parts import read_parts
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.project.targets import Target
from xchange_cli.source import Source

CATALOG = Catalog.load()
REAL_FILES = sorted(Path(os.environ.get("XCHANGE_REAL_FILES") or "/nowhere").glob("**/*.y*ml"))
OPPOSITE = {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED}
NAMED = {PartKind.CONFIG_VAR, PartKind.FLOW, PartKind.STEP, PartKind.BRANCH, PartKind.PAGE}
SCALARS = (
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["", "x", "configVar", "value", "Else"])
)
KEYS = st.sampled_from(
    [
        "name",
        "key",
        "type",
        "value",
        "inputs",
        "steps",
        "branches",
        "flows",
        "requiredConfigVars",
        "configPages",
        "elements",
        "action",
        "component",
        "version",
        "meta",
        "orgOnly",
        "conditions",
        "schedule",
        "retryConfig",
        "errorConfig",
        "schemas",
        "renameAttributes",
        "stableKey",
    ]
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)
BROKEN = st.dictionaries(KEYS, TREES, max_size=6)


def integration(text):
    return build(parse(Source("x.yml", text)).root)


def compared(old, new):
    return compare_parts(integration(old), integration(new), CATALOG)


def picture(delta, *, mirrored=False):
    """Say what a delta is about by the places of its parts, of the mirrored comparison as this one has it."""
    what, old, new = delta.what, delta.old, delta.new
    if mirrored:
        what, old, new = OPPOSITE.get(what, what), new, old
    places = [part and (part.kind, part.node.start, part.node.end) for part in (old, new)]
    return what, *places, delta.address


def require_consistent(old, new):
    there, back = compared(old, new), compared(new, old)
    assert Counter(map(picture, there.deltas)) == Counter(picture(one, mirrored=True) for one in back.deltas)
    assert len(set(there.pairs.values())) == len(there.pairs)
    assert {old.kind is new.kind for old, new in there.pairs.items()} == {True}
    assert list(map(picture, there.deltas)) == list(map(picture, compared(old, new).deltas))


@given(integrations(), st.data())
@settings(max_examples=60, deadline=None)
def test_the_form_of_a_file_is_no_difference(data, more):
    text = written(data)
    assert compared(text, text).deltas == ()
    assert compared(text, written(data, more.draw)).deltas == ()
    assert compared(written(data, more.draw), formatted_text(text)).deltas == ()


def formatted_text(text):
    return formatted(Target("x.yml", "", None), Source("x.yml", text), CATALOG).text


@given(integrations(), st.data())
@settings(max_examples=150, deadline=None)
def test_every_change_is_found_in_both_directions(data, more):
    way, other = changed(data, more.draw)
    assume(way)
    old, new = written(data), written(other, more.draw)
    assert compared(old, new).deltas != (), way
    require_consistent(old, new)


@given(integrations(), st.data())
@settings(max_examples=60, deadline=None)
def test_many_changes_at_once_are_consistent(data, more):
    other = data
    for _ in range(more.draw(st.integers(2, 6))):
        if other["flows"] and other["configPages"]:
            _, other = changed(other, more.draw)
            other["configPages"] = other["configPages"] or data["configPages"]
            other["flows"] = other["flows"] or data["flows"]
    require_consistent(written(data), written(other))


@given(integrations(), integrations())
@settings(max_examples=40, deadline=None)
def test_two_that_have_nothing_to_do_with_each_other_are_compared_all_the_same(data, other):
    require_consistent(written(data), written(other))


@given(BROKEN, BROKEN)
@settings(max_examples=150, deadline=None)
def test_broken_files_are_compared_all_the_same(data, other):
    assert compared(written(data), written(data)).deltas == ()
    require_consistent(written(data), written(other))


@given(integrations(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_new_name_that_all_references_follow_is_one_difference(data, more):
    old = integration(written(data))
    named = [part for part in read_parts(old).walk() if part.kind in NAMED and part.name != "Else"]
    part = more.draw(st.sampled_from(named))
    new = integration(with_names(old, CATALOG, {part: "Something Else: 'it'"}).source.text)
    deltas = compare_parts(old, new, CATALOG).deltas
    assert [(delta.what, delta.kind, delta.old.name) for delta in deltas] == [
        (What.RENAMED, part.kind, part.name)
    ]


@pytest.mark.skipif(not REAL_FILES, reason="set XCHANGE_REAL_FILES to a folder of exported integrations")
def test_real_files_are_what_they_are_when_formatted_and_keep_their_parts_under_new_names():
    for path in REAL_FILES:
        source = Source.decode(path.name, path.read_bytes())
        old = build(parse(source).root)
        assert compared(source.text, formatted_text(source.text)).deltas == (), path
        for part in [part for part in read_parts(old).walk() if part.kind in NAMED and part.name != "Else"]:
            new = integration(with_names(old, CATALOG, {part: "Something Else"}).source.text)
            deltas = compare_parts(old, new, CATALOG).deltas
            assert [(delta.what, delta.old.name) for delta in deltas] == [(What.RENAMED, part.name)], path
