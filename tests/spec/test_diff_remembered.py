"""What was found between two texts is found again, and nobody can tell by what is shown."""

import json
from zlib import crc32

import pytest

from differing import LATER, SMALL
from repositories import alone, commit, git

KEYS = tuple(f"take-{number:02}" for number in range(10))
SECRET = "sk_live_" + "51Hq8Zr2LkXw9PvT3mNb7Yc"


@pytest.fixture
def changed(project, monkeypatch):
    """Ten committed integrations, each of which breaks its callers on a branch."""
    alone(monkeypatch)
    folder = project({"xchange.yaml": "{}\n", **dict.fromkeys(map(file_of, KEYS), SMALL)})
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    git(folder, "switch", "--quiet", "--create", "work")
    for key in KEYS:
        (folder / file_of(key)).write_text(LATER)
    return folder


def file_of(key):
    return f"integrations/{key}/integration.yml"


def shown(xchange, folder, *words):
    """Give what is shown, without the day."""
    done = xchange("diff", *words, cwd=folder)
    return done.code, done.out, done.err


def pack(folder):
    return folder / ".xchange" / "cache" / "compared"


def kinds(xchange, folder):
    told = json.loads(xchange("diff", "--output", "json", cwd=folder).out)
    return {one["key"]: [change["kind"] for change in one["changes"]] for one in told["integrations"]}


@pytest.mark.parametrize("output", ["text", "json", "markdown", "html", "github", "sarif"])
def test_the_second_time_everything_is_as_the_first_time(output, xchange, changed):
    first = shown(xchange, changed, "--output", output)
    assert len(pack(changed).read_bytes().split(b"\n")) == len(KEYS) + 2
    assert shown(xchange, changed, "--output", output) == first


def test_what_is_shown_the_second_time_comes_from_what_was_kept(xchange, changed):
    shown(xchange, changed)
    lines = [line.split(b" ", 2) for line in pack(changed).read_bytes().split(b"\n") if line]
    other = [(key, value.replace(b"synchronous-changed", b"schedule-changed")) for key, _, value in lines]
    pack(changed).write_bytes(b"\n".join(b"%b %08x %b" % (key, crc32(text), text) for key, text in other))
    assert kinds(xchange, changed) == {key: ["schedule-changed"] for key in KEYS}


def test_a_torn_line_is_as_good_as_none(xchange, changed):
    first = shown(xchange, changed)
    pack(changed).write_bytes(pack(changed).read_bytes()[:-100])
    assert shown(xchange, changed) == first


def test_a_file_that_changes_again_is_compared_again(xchange, changed):
    shown(xchange, changed)
    (changed / file_of("take-03")).write_text(SMALL.replace("defaultValue: '5'", "defaultValue: '6'"))
    found = kinds(xchange, changed)
    assert found.pop("take-03") == ["config-var-default-changed"]
    assert found == {key: ["synchronous-changed"] for key in KEYS[:3] + KEYS[4:]}


def test_an_approval_is_seen_whatever_was_kept(xchange, changed):
    shown(xchange, changed)
    told = json.loads(xchange("diff", "--output", "json", cwd=changed).out)
    fingerprint = told["integrations"][0]["changes"][0]["fingerprint"]
    xchange("diff", "--approve", fingerprint, "--because", "callers agreed", cwd=changed)
    told = json.loads(xchange("diff", "--output", "json", cwd=changed).out)
    reasons = [one["changes"][0]["approved"] for one in told["integrations"]]
    assert reasons == ["callers agreed"] + [None] * 9


@pytest.mark.parametrize("is_installed", [False, True], ids=["of the project", "of an installed package"])
def test_an_own_component_that_changes_makes_another_comparison(is_installed, xchange, changed, monkeypatch):
    own = "key: log\ntitle: Log\nactions:\n  - {key: write, title: W, summary: W., effect: %s, inputs: []}\n"
    step = """\
      - name: Note
        action: {key: write, component: {key: log, isPublic: false, version: LATEST}}
        inputs: {}
"""
    place, name = (
        (installed(changed.parent / "site", monkeypatch), "spec.yml")
        if is_installed
        else (changed / "components", "log.yml")
    )
    place.mkdir()
    (place / name).write_text(own % "pure")
    (changed / file_of("take-00")).write_text(LATER + step)
    before = kinds(xchange, changed)["take-00"]
    (place / name).write_text(own % "writes")
    after = kinds(xchange, changed)["take-00"]
    assert ("writing-step-added" in before, "writing-step-added" in after) == (False, True)


def installed(site, monkeypatch):
    """Say that a package has the component `log`; give the folder of its specification, which is not there yet."""
    information = site / "acme_log-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-log\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[xchange.components]\nlog = acme_log\n")
    monkeypatch.syspath_prepend(str(site))
    return site / "acme_log"


def test_the_files_that_are_compared_may_change_their_names(xchange, changed):
    first = shown(xchange, changed, "main")[1]
    git(changed, "branch", "--quiet", "other", "main")
    assert shown(xchange, changed, "other")[1] == first.replace("main", "other")


def test_no_secret_is_kept(xchange, changed):
    file = changed / file_of("take-00")
    file.write_text(LATER.replace("defaultValue: '5'", f"defaultValue: '{SECRET}'"))
    shown(xchange, changed)
    assert SECRET.encode() not in pack(changed).read_bytes()


def test_a_broken_file_is_told_every_time(xchange, changed):
    (changed / file_of("take-05")).write_text("flows: [\n")
    first = shown(xchange, changed)
    assert first[0] == 3
    assert shown(xchange, changed) == first


def test_a_broken_file_is_told_also_where_it_was_as_broken_before(xchange, changed):
    (changed / file_of("take-05")).write_text("flows: [\n")
    commit(changed)
    done = xchange("diff", "HEAD", "--key", "take-05", cwd=changed)
    assert (done.code, done.out) == (3, "")
    assert "this bracket is never closed" in done.err


def test_where_nothing_can_be_kept_everything_is_compared_as_ever(xchange, changed):
    first = shown(xchange, changed)
    for file in sorted((changed / ".xchange").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    (changed / ".xchange").rmdir()
    (changed / ".xchange").write_text("no folder")
    assert shown(xchange, changed) == first
