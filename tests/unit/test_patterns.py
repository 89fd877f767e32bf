"""Patterns of files: they mean what Python's own `glob` says, and what cannot be looked into is not forgotten."""

import glob
import os

import pytest

from xchange_cli.project.patterns import expand

FILES = (
    "integration.yml",
    "integrations/a/integration.yml",
    "integrations/b/integration.yml",
    "integrations/b/more/integration.yml",
    "integrations/.hidden/integration.yml",
    "integrations/[c]/integration.yml",
    "integrations/loose.yml",
    "other/b/integration.yml",
)
PATTERNS = (
    "integrations/*/integration.yml",
    "integrations/*/integration.yaml",
    "integrations/*",
    "integrations/*/",
    "integrations/*/*.yml",
    "integrations/a/integration.yml",
    "integrations/[[]c]/integration.yml",
    "integrations/.*/integration.yml",
    "*/b/integration.yml",
    "**/integration.yml",
    "integrations/**/integration.yml",
    "**",
    "*.yml",
    "integration.yml",
    "../*/integrations/a/integration.yml",
    "nowhere/*/integration.yml",
)


@pytest.fixture
def tree(tmp_path):
    for name in FILES:
        path = tmp_path / "here" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (tmp_path / "here" / "integrations" / "gone").mkdir()
    (tmp_path / "here" / "integrations" / "gone" / "integration.yml").symlink_to("nothing.yml")
    (tmp_path / "here" / "integrations" / "linked").symlink_to("../other/b")
    return tmp_path / "here"


@pytest.mark.parametrize("pattern", [*PATTERNS, "/no/such/*/file.yml"])
def test_a_pattern_means_what_glob_says(pattern, tree):
    wanted = sorted(glob.glob(pattern, root_dir=tree, recursive=True))  # noqa: PTH207 - the judge
    assert list(expand(tree, [pattern])) == [tree / name for name in wanted]


def test_each_file_comes_once_in_the_order_of_the_patterns(tree):
    found = list(expand(tree, ["integrations/*/*.yml", "integrations/a/*", "integration.yml"]))
    first = [tree / f"integrations/{key}/integration.yml" for key in ("[c]", "a", "b", "gone", "linked")]
    assert found == [*first, tree / "integration.yml"]


def test_an_absolute_pattern_is_followed(tree):
    assert list(expand(tree, [f"{tree}/integrations/a/*.yml"])) == [tree / "integrations/a/integration.yml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may look everywhere")
def test_a_folder_that_cannot_be_looked_into_counts_as_matched(tree):
    closed = tree / "integrations" / "a"
    closed.chmod(0)
    try:
        assert closed in expand(tree, ["integrations/*/integration.yml"])
    finally:
        closed.chmod(0o700)
