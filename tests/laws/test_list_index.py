"""A list with an index is a list without one, whatever happens to the files in between."""

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listed import integration, next_tick, rewrite_in_secret
from xchange_cli.overview.entry_facts import facts_of
from xchange_cli.overview.index import entries
from xchange_cli.project.project import Project

KEYS = st.sampled_from("abc")
TEXTS = st.sampled_from(
    [*(integration(name, "F: webhook") for name in ("AAA", "BBB", "CCC")), "flows: [\n", "x"]
)
PATTERNS = st.sampled_from(["{}\n", "integrations: [integrations/a/*.yml]\n", "integrations: ['**/*.yml']\n"])
CHANGES = st.lists(
    st.tuples(st.just("write"), KEYS, TEXTS)
    | st.tuples(st.just("write in secret"), KEYS, TEXTS)
    | st.tuples(st.just("remove"), KEYS)
    | st.tuples(st.just("rename"), KEYS, KEYS)
    | st.tuples(st.just("patterns"), PATTERNS)
    | st.tuples(st.just("damage"), st.binary(max_size=9))
    | st.tuples(st.just("nothing")),
    max_size=8,
)  # fmt: skip


@given(CHANGES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_list_is_the_same_with_and_without_an_index(changes, trusting):
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        if trusting:
            patch.setattr("xchange_cli.overview.index_stamp.SAFE_NS", -(10**15))
        root = Path(name)
        (root / "xchange.yaml").write_text("{}\n")
        for change in changes:
            if trusting:
                next_tick(root)
            _make(root, *change)
            assert _listed(root) == _read(root)


def _make(root: Path, kind: str, *details: str) -> None:
    match kind, *details:
        case "write", key, text:
            _file(root, key).parent.mkdir(parents=True, exist_ok=True)
            _file(root, key).write_text(text)
        case "write in secret", key, text:
            file = _file(root, key)
            if file.exists() and file.stat().st_size == len(text):
                rewrite_in_secret(file, text)
        case "remove", key:
            shutil.rmtree(_file(root, key).parent, ignore_errors=True)
        case "rename", old, new:
            if _file(root, old).exists() and not _file(root, new).exists():
                _file(root, old).parent.rename(_file(root, new).parent)
        case "patterns", text:
            (root / "xchange.yaml").write_text(text)
        case "damage", data:
            index = root / ".xchange/cache/listed"
            if index.exists():
                index.write_bytes(data + index.read_bytes()[len(data) :])
        case _:
            assert kind == "nothing"


def _file(root: Path, key: str) -> Path:
    return root / "integrations" / key / "integration.yml"


def _listed(root: Path) -> list[object]:
    return [(one.key, one.file, _plain(one.facts)) for one in entries(Project.find(root), root)]


def _read(root: Path) -> list[object]:
    files = list(Project.find(root).integration_files())
    return [
        (file.parent.name, file.relative_to(root).as_posix(), _plain(facts_of(file.read_bytes())))
        for file in files
    ]


def _plain(facts: object) -> object:
    """Lists and tuples are the same here, as they are in JSON."""
    return json.loads(json.dumps(facts))
