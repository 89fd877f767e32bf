"""Documentation that cannot rot: generated pages, links, and the console sessions of pages written by hand."""

import difflib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from architecture.markdown import anchors, commands, links, markdown_files

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FILES = markdown_files(ROOT)
GENERATED = DOCS / "cli.md"
"""Its sessions happen when it is made, each in a folder of its own."""
WITH_SESSIONS = [path for path in FILES if path != GENERATED and commands(path.read_text(encoding="utf-8"))]

CHANGING = (
    (r"\b[0-9A-HJKMNP-TV-Z]{26}\b", "RUN"),
    (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME"),
    (r" +\d[\d.]* (ms|s)\b", " 0 ms"),
    (r"\b\d[\d.]* ([KM]iB|B)\b", "0 B"),
    (r"\(\d+\.\d\d s\)", "(0.00 s)"),
    (r'"(seconds|ms)": [\d.]+', r'"\1": 0'),
)
"""What differs from run to run."""


def name_of(path):
    return path.relative_to(ROOT).as_posix()


@pytest.fixture
def generator(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from docs import pages

    return pages


@pytest.mark.skipif(sys.platform == "win32", reason="sessions are for a POSIX shell")
def test_generated_pages_are_up_to_date_and_their_sessions_happen_as_they_are_shown(generator):
    wanted = generator.pages()
    stale = generator.stale(wanted, DOCS)
    changes = "".join(line for name in stale for line in changed_lines(name, wanted.get(name, "")))
    assert stale == [], f"`make docs` writes them\n{changes}"


def changed_lines(name, wanted):
    file = DOCS / name
    written = file.read_text(encoding="utf-8") if file.is_file() else ""
    both = (text.splitlines(keepends=True) for text in (written, wanted))
    return difflib.unified_diff(*both, f"docs/{name}", f"docs/{name}, as it would be made", n=1)


def test_a_page_that_is_missing_different_or_left_over_is_out_of_date(generator, tmp_path):
    wanted = {"cli.md": "new", "rules/one.md": "one", "rules/two.md": "two"}
    for name, text in {
        "cli.md": "old",
        "guide.md": "by hand",
        "rules/two.md": "two",
        "rules/gone.md": "",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    assert generator.stale(wanted, tmp_path) == ["cli.md", "rules/gone.md", "rules/one.md"]

    generator.write(wanted, generator.stale(wanted, tmp_path), tmp_path)
    assert generator.stale(wanted, tmp_path) == []
    assert (tmp_path / "guide.md").read_text() == "by hand"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_link_leads_somewhere(path):
    text = path.read_text(encoding="utf-8")
    assert [link for link in links(text) if not leads_somewhere(link, path)] == []


def leads_somewhere(link, path):
    """Addresses of the network are taken on trust."""
    if re.match(r"(https?|mailto):", link):
        return True
    file, _, anchor = unquote(link).partition("#")
    target = path.parent / file if file else path
    if not target.exists() or ROOT not in target.resolve().parents:
        return False
    return not anchor or anchor in anchors(target.read_text(encoding="utf-8"))


@pytest.mark.skipif(sys.platform == "win32", reason="sessions are for a POSIX shell")
@pytest.mark.parametrize("path", WITH_SESSIONS, ids=name_of)
def test_console_sessions_happen_as_they_are_written(path, tmp_path):
    """The session starts in a folder with the repository's `examples`; see `Shell`."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns(".xchange"))
    shell = Shell(tmp_path)
    written, happened = "", ""
    for line, typed, output in commands(path.read_text(encoding="utf-8")):
        head = f"{line}: $ {typed}\n"
        written += head + steady(output)
        happened += head + filled(steady(output), steady(shell.run(typed)))
    assert happened == written


class Shell:
    """Runs commands one after another; keeps the folder of `cd` and the exit code of `$?`."""

    def __init__(self, folder):
        self.folder = folder
        self.code = 0

    def run(self, command):
        if command.startswith("cd "):
            self.folder = (self.folder / command.removeprefix("cd ")).resolve(strict=True)
            return ""
        done = subprocess.run(
            ["sh", "-c", f"(exit {self.code})\n{command}"],
            cwd=self.folder,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.code = done.returncode
        return done.stdout


def steady(output):
    for pattern, text in CHANGING:
        output = re.sub(pattern, text, output)
    return "".join(f"{line.rstrip()}\n" for line in output.strip("\n").split("\n")) if output.strip() else ""


def filled(written, happened):
    """Give what is written if its lines of only `…` can stand for what happened, else what happened."""
    lines = written.splitlines(keepends=True)
    pattern = "".join("(?:.*\n)*?" if line == "…\n" else re.escape(line) for line in lines)
    return written if re.fullmatch(pattern, happened) else happened


def test_the_sessions_of_the_readme_are_run():
    assert ROOT / "README.md" in WITH_SESSIONS


def test_an_elision_stands_for_whole_lines_only():
    assert filled("a\n…\nd\n", "a\nb\nc\nd\n") == "a\n…\nd\n"
    assert filled("a\n…\nd\n", "a\nb\nc\n") == "a\nb\nc\n"


def test_links_in_code_are_no_links():
    text = "[a](a.md#b) `[b](b.md)`\n\n```\n[c](c.md)\n```\n\n[d]: d.md\n"
    assert links(text) == ["a.md#b", "d.md"]


def test_anchors_are_those_of_github():
    text = "# `xchange run` & *more*\n\n```\n# not me\n```\n\n## What's new?\n## Whats new\n"
    assert anchors(text) == {"xchange-run--more", "whats-new", "whats-new-1"}


def test_the_changelog_has_a_place_for_what_is_not_released():
    headings = re.findall("^## .*$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "## Unreleased"
