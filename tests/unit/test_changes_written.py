"""Changes as data: what is kept of a comparison, and sent between processes."""

from pathlib import Path

import pytest

from xchange_cli.changes.change import ChangeSet
from xchange_cli.changes.compare import Side, compare
from xchange_cli.changes.written import read, written
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source

PAIRS = sorted((Path(__file__).parents[1] / "spec" / "diff").iterdir())


def compared(old, new):
    sides = [Side(source.name, build(parse(source).root)) if source else None for source in (old, new)]
    return compare(*sides, Catalog.load(), "orders")


@pytest.fixture(params=PAIRS, ids=lambda folder: folder.name)
def texts(request):
    return [Source(name, (request.param / name).read_text("utf-8")) for name in ("old.yml", "new.yml")]


def test_changes_that_are_written_are_read_as_they_were(texts):
    found = compared(*texts)
    assert read(written(found.changes, *texts), "orders", *texts) == found._replace(deltas=(), before=None)


def test_what_is_written_is_one_line(texts):
    assert b"\n" not in written(compared(*texts).changes, *texts)


def test_a_side_that_is_not_there_has_no_name(texts):
    found = compared(None, texts[1])
    assert read(written(found.changes, None, texts[1]), "orders", None, texts[1]) == found._replace(deltas=())


def test_changes_that_lie_in_other_texts_are_not_written(texts):
    changes = compared(None, texts[1]).changes
    assert written(changes, Source("a", ""), Source("b", "")) is None


def test_no_changes_are_no_changes():
    assert read(b"[]", "orders", None, None) == ChangeSet("orders", "", "", ())
