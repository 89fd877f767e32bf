"""What a registry promises: where its files are, what is written when, and what it refuses."""

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from registries import (
    DRAFT,
    KEY,
    MARK,
    PURGE,
    Forgetting,
    Killed,
    Refusing,
    Stopping,
    Watched,
    folder_store,
    package,
    registry,
    with_versions,
)
from xchange_cli import schemas
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.project import Project
from xchange_cli.registry import layout
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.git_facts import GitFacts
from xchange_cli.registry.manifest import ForkBase
from xchange_cli.registry.packages import Difference
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.signatures import Trust, check, new_key, signer
from xchange_cli.registry.summary import Offer, Summary
from xchange_cli.registry.version_state import AS_PUBLISHED, VersionState
from xchange_cli.release.registry_of import registry_of

DIGEST = package("1").digest
FIRST = "2026-05-01T12:00:01.000Z"


@pytest.fixture
def one(tmp_path):
    return registry(tmp_path)


@pytest.fixture
def root(tmp_path):
    return tmp_path / "registry"


def files(root: Path):
    """Give the contents of a registry by name, without what git does not see."""
    names = (path for path in root.rglob("*") if path.is_file() and ".xchange" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in names}


def refused(code: ErrorCode, do, *arguments):
    with pytest.raises(XchangeError) as caught:
        do(*arguments)
    assert caught.value.code is code
    return caught.value.message


def test_a_version_is_its_files_and_then_a_manifest(one, root):
    published = one.publish(DRAFT, package("1", setup="How to"))
    manifest = published.manifest
    written = files(root)

    assert published.is_new
    assert sorted(written) == [
        *[f"integrations/acme/activity/{entry.id}.json" for entry in one.log()],
        "integrations/acme/head.json",
        f"integrations/acme/packages/{manifest.digest}/docs/setup.md",
        f"integrations/acme/packages/{manifest.digest}/integration.yml",
        "integrations/acme/versions/000001.json",
        "summaries/acme.json",
    ]
    assert written[f"integrations/acme/packages/{manifest.digest}/docs/setup.md"] == b"How to"
    assert manifest.time == FIRST
    assert (manifest.number, manifest.digest) == (1, package("1", setup="How to").digest)
    assert one.newest(KEY) == one.manifest(KEY, 1) == manifest
    assert one.fetch(KEY, 1) == package("1", setup="How to")


def test_every_file_of_a_registry_is_what_its_schema_says(one, root):
    one.publish(DRAFT, package("1"))
    one.change_state(KEY, 1, lambda state: state._replace(available=False, template="org"), MARK)
    stopping = Stopping(folder_store(root.parent), 14, when="before")
    with pytest.raises(Killed):
        registry(root.parent, stopping).publish(DRAFT, package("2"), available=False)
    assert b'"planned"' in files(root)[layout.state(KEY)]
    of = {"versions": "version", "activity": "activity-entry", "state.json": "version-state"}

    for name, data in files(root).items():
        parts = name.split("/")
        schema = "registry-summary" if parts[0] == "summaries" else of.get(parts[2])
        if schema:
            Draft202012Validator(schemas.schema(schema)).validate(json.loads(data))


def test_all_files_of_a_key_are_where_git_is_told_to_look(one, root):
    one.publish(DRAFT, package("1"))
    one.publish(DRAFT._replace(key="acme-2"), package("1"))

    names = [name for name in files(root) if name.startswith(layout.places("acme"))]
    assert {layout.key_of(name) for name in names} == {"acme"}
    assert len(names) == len(files(root)) / 2


def test_publishing_the_same_again_writes_nothing(one, root):
    one.publish(DRAFT, package("1"))
    before = files(root)

    again = one.publish(DRAFT._replace(note="Other", author="Bob", git=GitFacts("abc")), package("1"))

    assert (again.is_new, again.manifest.number, again.manifest.note) == (False, 1, DRAFT.note)
    assert files(root) == before


def test_what_was_published_is_never_touched(one, root):
    one.publish(DRAFT, package("1"))
    before = files(root)

    one.publish(DRAFT, package("2"))
    one.change_state(KEY, 1, lambda state: state._replace(available=False), MARK)

    changed = {name for name, data in files(root).items() if before.get(name, data) != data}
    assert changed == {"integrations/acme/head.json", "summaries/acme.json"}
    assert before.keys() < files(root).keys()


def test_going_back_to_an_older_content_is_a_new_version_that_shares_its_files(one, root):
    for content in "121":
        one.publish(DRAFT, package(content))

    assert [manifest.digest for manifest in one.versions(KEY)] == [
        DIGEST,
        package("2").digest,
        DIGEST,
    ]
    assert len(list((root / "integrations/acme/packages").iterdir())) == 2


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [("", "", 1), ("1.0.0", "", 1), ("1.0.0", "1.0.0", 1), ("1.0.0", "2.0.0", 2), ("", "1.0.0", 2)],
)
def test_the_same_content_under_another_external_version_is_a_new_version(one, first, second, number):
    one.publish(DRAFT._replace(external_version=first), package("1"))

    assert one.publish(DRAFT._replace(external_version=second), package("1")).manifest.number == number


def test_a_manifest_has_all_that_its_draft_had(one):
    git = GitFacts(
        "abc", "main", True, "https://git.test/a", "https://git.test/c", "https://git.test/p", "v1"
    )
    fork = ForkBase("parent", DIGEST, 3, "abc")
    draft = DRAFT._replace(git=git, fork=fork, external_version="1.2.3", time="2026-01-01T00:00:00Z")

    manifest = one.publish(draft, package("1")).manifest

    kept = [name for name in draft._fields if name not in {"sign", "judge"}]
    assert {name: getattr(manifest, name) for name in kept} == {name: getattr(draft, name) for name in kept}


def test_a_version_is_signed_with_its_number(one, root):
    key = new_key()
    one.publish(DRAFT, package("1"))
    one.publish(DRAFT._replace(sign=signer(key.private)), package("2"))

    signature = one.manifest(KEY, 2).signature
    assert check(signature, one.signed_bytes(KEY, 2), [key.public]) is Trust.TRUSTED
    assert check(signature, one.signed_bytes(KEY, 1), [key.public]) is Trust.WRONG
    manifest = root / layout.version(KEY, 2)
    manifest.write_bytes(manifest.read_bytes().replace(b"First", b"Worst"))
    assert check(signature, one.signed_bytes(KEY, 2), [key.public]) is Trust.WRONG


def test_versions_are_read_when_they_are_asked_for_the_newest_first(tmp_path):
    with_versions(tmp_path, 500)
    watched = Watched(folder_store(tmp_path))
    versions = registry(tmp_path, watched).versions(KEY)

    assert [next(versions).number, next(versions).number] == [500, 499]
    assert dict(watched.calls) == {"list": 1, "read": 3}
    assert sum(1 for _ in versions) == 498


def test_the_newest_version_is_found_by_the_hint(tmp_path):
    with_versions(tmp_path, 500)
    watched = Watched(folder_store(tmp_path))

    assert registry(tmp_path, watched).newest(KEY).number == 500
    assert dict(watched.calls) == {"read": 4}


@pytest.mark.parametrize(
    "hint",
    [
        None,
        "",
        "{",
        '{\n<<<<<<< a\n  "number": 3\n=======\n  "number": 2\n>>>>>>> b\n}\n',
        "null",
        '{"number": -1}',
        '{"number": 7}',
        '{"number": 1e9}',
        "9" * 5000,
    ],
)
def test_a_hint_that_is_of_no_use_is_written_anew(tmp_path, one, hint):
    with_versions(tmp_path, 3)
    head = tmp_path / "registry" / layout.head(KEY)
    head.unlink() if hint is None else head.write_text(hint)

    assert one.newest(KEY).number == 3
    assert one.publish(DRAFT, package("new")).manifest.number == 4
    assert json.loads(head.read_text()) == {"number": 4}


def test_a_number_whose_version_was_published_and_is_lost_is_not_given_again(tmp_path, one):
    for text in ("1", "2", "3"):
        one.publish(DRAFT, package(text))
    lost = tmp_path / "registry" / layout.version(KEY, 3)
    data = lost.read_bytes()
    lost.unlink()

    for text in ("2", "new"):
        assert refused(ErrorCode.INVALID, one.publish, DRAFT, package(text)).endswith(
            "/integrations/acme/versions/000003.json is missing, and the log says that it was published"
        )
    assert one.newest(KEY).number == 2
    lost.write_bytes(data)
    assert one.publish(DRAFT, package("new")).manifest.number == 4


def test_a_gap_between_versions_is_no_trouble(tmp_path, one):
    with_versions(tmp_path, 5)
    folder = tmp_path / "registry" / layout.versions(KEY)
    (folder / "000003.json").unlink()
    (folder / "notes.txt").write_text("not ours")
    (tmp_path / "registry" / layout.head(KEY)).unlink()

    assert [manifest.number for manifest in one.versions(KEY)] == [5, 4, 2, 1]
    assert one.publish(DRAFT, package("new")).manifest.number == 6


def test_the_last_number_of_all_is_said_to_be_it(tmp_path, one):
    with_versions(tmp_path, 1)
    folder = tmp_path / "registry" / layout.versions(KEY)
    text = (folder / "000001.json").read_text().replace('"number": 1,', '"number": 999999,')
    (folder / "999999.json").write_text(text)
    (tmp_path / "registry" / layout.head(KEY)).unlink()

    assert one.newest(KEY).number == 999_999
    assert refused(ErrorCode.CONFLICT, one.publish, DRAFT, package("new")) == (
        "acme cannot have a version 1000000: the last number of all is 999999"
    )


def test_an_empty_registry_has_nothing(one, tmp_path):
    assert one.newest(KEY) is None
    assert [
        list(one.versions(KEY)),
        list(one.keys()),
        list(one.summaries()),
        list(one.log()),
        list(one.log(KEY)),
    ] == [[]] * 5
    assert one.states(KEY) == {}
    assert one.summary(KEY) is None
    assert refused(ErrorCode.NOT_FOUND, one.manifest, KEY, 1) == "acme has no published version"
    assert refused(ErrorCode.NOT_FOUND, one.purge, KEY, PURGE) == "acme has no published version"
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_version_is_refused_with_the_newest(one):
    one.publish(DRAFT, package("1"))

    for do in (one.manifest, one.fetch, one.verify, one.signed_bytes):
        for number in (2, 10**9):
            assert refused(ErrorCode.NOT_FOUND, do, KEY, number) == f"acme has no version {number}"
    with pytest.raises(XchangeError) as caught:
        one.change_state(KEY, 2, lambda state: state, MARK)
    assert caught.value.hint == "The newest is acme@1; `xchange versions acme` lists them all."


@pytest.mark.parametrize(
    "key",
    ["", "..", "../acme", "a/b", "Acme", "acme.", "-a", "a-", "con", "a" * 101, "a\nb", "ä", "🎉", "acme@1"],
)
def test_a_key_that_could_lead_elsewhere_is_refused_everywhere(one, tmp_path, key):
    entry = Activity.new("ada", "fork", key, "forked", {})
    assert refused(ErrorCode.USAGE, one.publish, DRAFT._replace(key=key), package("1")).endswith(
        "is no key that a registry can have"
    )
    for do in (one.newest, one.versions, one.states, one.log, one.summary):
        refused(ErrorCode.USAGE, do, key)
    for do in (one.manifest, one.fetch, one.verify, one.signed_bytes):
        refused(ErrorCode.USAGE, do, key, 1)
    refused(ErrorCode.USAGE, one.change_state, key, 1, lambda state: state, MARK)
    refused(ErrorCode.USAGE, one.purge, key, PURGE)
    if "@" not in key:
        refused(ErrorCode.USAGE, one.record, entry)
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_in_the_wrong_place_is_refused(one, root):
    one.publish(DRAFT, package("1"))
    one.publish(DRAFT._replace(key="other"), package("1"))
    first = root / layout.version(KEY, 1)

    shutil.copy(first, root / layout.version(KEY, 2))
    assert refused(ErrorCode.INVALID, one.manifest, KEY, 2) == (
        "registry/integrations/acme/versions/000002.json is damaged: it says that it is acme@1"
    )
    assert refused(ErrorCode.INVALID, one.publish, DRAFT, package("2")).endswith("it says that it is acme@1")
    shutil.copy(root / layout.version("other", 1), first)
    assert refused(ErrorCode.INVALID, one.manifest, KEY, 1).endswith("it says that it is other@1")


def test_a_manifest_with_another_digest_is_refused(one, root):
    one.publish(DRAFT, package("1"))
    manifest = root / layout.version(KEY, 1)
    manifest.write_text(manifest.read_text().replace(f'"digest": "{DIGEST}"', f'"digest": "{"0" * 64}"'))

    assert refused(ErrorCode.INVALID, one.fetch, KEY, 1) == (
        "registry/integrations/acme/versions/000001.json is damaged: `digest` is not that of its files, "
        + DIGEST
    )


def test_marks_of_a_merge_in_a_manifest_are_told_with_their_place(one, root):
    one.publish(DRAFT, package("1"))
    manifest = root / layout.version(KEY, 1)
    manifest.write_text("<<<<<<< HEAD\n" + manifest.read_text())

    with pytest.raises(XchangeError) as caught:
        one.manifest(KEY, 1)
    assert str(caught.value.place) == "registry/integrations/acme/versions/000001.json:1:1"
    assert caught.value.message == "git could not bring two changes of this file together"
    assert (
        "`git checkout origin/main -- registry/integrations/acme/versions/000001.json`" in caught.value.hint
    )


def test_files_that_are_otherwise_than_the_manifest_says_are_refused_and_all_told(one, root):
    one.publish(DRAFT, package("1", a="a", b="b"))
    manifest = one.manifest(KEY, 1)
    folder = root / layout.package(KEY, manifest.digest)
    (folder / "integration.yml").write_text("x")
    (folder / "docs/a.md").unlink()
    (folder / "docs/c.md").write_text("c")
    expected = {file.name: file for file in manifest.files}

    assert refused(ErrorCode.INVALID, one.fetch, KEY, 1) == (
        f"registry/integrations/acme/packages/{manifest.digest}/docs/a.md is missing: its SHA-256 digest is to be "
        + expected["docs/a.md"].sha256
    )
    assert [(found.name, found.kind, found.expected) for found in one.verify(KEY, 1)] == [
        ("docs/a.md", "missing", expected["docs/a.md"]),
        ("docs/c.md", "extra", None),
        ("integration.yml", "changed", expected["integration.yml"]),
    ]
    assert one.verify(KEY, 1)[0] == Difference("docs/a.md", "missing", expected["docs/a.md"], None)
    (folder / "docs/a.md").write_text("a")
    assert refused(ErrorCode.INVALID, one.fetch, KEY, 1) == (
        f"registry/integrations/acme/packages/{manifest.digest}/integration.yml is damaged: its SHA-256 digest is "
        f"{one.verify(KEY, 1)[1].found.sha256}, not {expected['integration.yml'].sha256}"
    )


def test_nothing_is_published_over_files_that_are_damaged(one, root):
    broken = root / layout.package(KEY, package("2").digest) / "integration.yml"
    one.publish(DRAFT, package("1"))
    broken.parent.mkdir()
    broken.write_text("else")

    assert "is damaged" in refused(ErrorCode.INVALID, one.publish, DRAFT, package("2"))
    assert (one.newest(KEY).number, broken.read_text()) == (1, "else")


def test_a_store_that_does_not_keep_what_it_has_written_is_found_out(tmp_path):
    one = registry(tmp_path, Forgetting(folder_store(tmp_path), "/versions/"))
    assert refused(ErrorCode.INVALID, one.publish, DRAFT, package("1")) == (
        "registry/integrations/acme/versions/000001.json was written, but reads otherwise"
    )
    one = registry(tmp_path, Forgetting(folder_store(tmp_path), "/packages/"))
    assert "is missing" in refused(ErrorCode.INVALID, one.publish, DRAFT, package("2"))


@pytest.mark.parametrize("name", ["versions/", "head.json"])
def test_a_store_that_refuses_again_and_again_is_given_up(tmp_path, name):
    one = registry(tmp_path, Refusing(folder_store(tmp_path), f"acme/{name}"))

    assert refused(ErrorCode.CONFLICT, one.publish, DRAFT, package("1")) == (
        f"registry/integrations/acme/{name} is changed by others all the time"
    )


def test_two_entries_cannot_have_one_id(one):
    entry = one.record(Activity.new("ada", "fork", "acme", "forked", {}))

    assert one.record(entry) == entry
    assert refused(ErrorCode.CONFLICT, one.record, entry._replace(user="bob")) == (
        f"registry/integrations/acme/activity/{entry.id}.json is there already and says something else"
    )


def test_packages_are_equal_when_their_files_are():
    assert package("1", a="a") == package("1", a="a")
    assert package("1") != package("2")
    assert package("1") != "1"


def test_a_damaged_state_is_no_state(one, root):
    one.publish(DRAFT, package("1"))
    (root / layout.state(KEY)).write_text(
        '{"schema": "xchange.version-state/1", "purgedThrough": 0, "versions": {"x": 1}}'
    )

    message = "registry/integrations/acme/state.json is damaged: `versions.x` is no number of a version"
    assert refused(ErrorCode.INVALID, one.states, KEY) == message
    (root / layout.state(KEY)).write_text(
        '{"schema": "xchange.version-state/1", "purgedThrough": 0, "versions": {"0": {"available": true, "because": "",'
        ' "labels": [], "template": "no"}}}'
    )
    assert refused(ErrorCode.INVALID, one.states, KEY).endswith("`versions.0` is no number of a version")


def test_the_state_of_a_version_changes_and_the_log_says_so(one, root):
    one.publish(DRAFT, package("1"))
    wanted = VersionState(available=False, because="loses orders", labels=("crm",), template="org")

    assert one.states(KEY)[1] == AS_PUBLISHED
    assert one.change_state(KEY, 1, lambda _: wanted, MARK) == wanted
    assert one.states(KEY) == {1: wanted}
    entry = next(one.log(KEY))
    assert entry == MARK._replace(id=entry.id, time="2026-05-01T12:00:02.000Z")
    assert one.change_state(KEY, 1, lambda state: state, MARK) == wanted
    assert [entry.category for entry in one.log()] == ["availability", "publish"]
    assert one.change_state(KEY, 1, lambda _: AS_PUBLISHED, MARK) == AS_PUBLISHED
    assert json.loads((root / layout.state(KEY)).read_text())["versions"] == {}


def test_a_change_that_is_refused_leaves_everything_as_it_is(one, root):
    one.publish(DRAFT, package("1"))
    before = files(root)

    def refuse(_):
        raise XchangeError(ErrorCode.USAGE, "no")

    refused(ErrorCode.USAGE, one.change_state, KEY, 1, refuse, MARK)
    assert files(root) == before


def test_a_summary_has_what_a_list_shows(one):
    for content in "123":
        one.publish(DRAFT, package(content))
    for number, template in ((1, "org"), (2, "all")):
        one.change_state(
            KEY, number, lambda state, template=template: state._replace(template=template), MARK
        )
    unavailable = VersionState(available=False, because="bad")
    one.change_state(KEY, 3, lambda _: unavailable, MARK)

    assert list(one.summaries()) == [
        Summary(
            key=KEY,
            number=3,
            external_version="",
            name="Acme Orders",
            description="Takes orders",
            category="Sales",
            labels=("crm",),
            digest=package("3").digest,
            time="2026-05-01T12:00:03.000Z",
            state=unavailable,
            versions=3,
            newest_available=2,
            templates=(Offer(2, "all"), Offer(1, "org")),
        )
    ]


def test_a_list_costs_one_list_and_one_read_for_each_integration(tmp_path):
    for key in ("a", "b-c", "b", "acme"):
        registry(tmp_path).publish(DRAFT._replace(key=key), package("1"))
    watched = Watched(folder_store(tmp_path))

    assert list(registry(tmp_path, watched).keys()) == ["a", "acme", "b-c", "b"]
    assert dict(watched.calls) == {"list": 1, "read": 4}


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{",
        "[]",
        '{"schema": "xchange.registry-summary/1", "number": 5}',
        "<<<<<<< ours\nWHOLE=======\nWHOLE>>>>>>> theirs\n",
        "WHOLEWHOLE",
        "WHOLE\n",
    ],
)
def test_a_summary_that_is_lost_or_damaged_is_made_again_without_a_word(one, root, text):
    one.publish(DRAFT, package("1"))
    one.publish(DRAFT._replace(key="other"), package("1"))
    before, summary = list(one.summaries()), root / layout.summary(KEY)
    whole = summary.read_bytes()
    text = text and text.replace("WHOLE", whole.decode())

    shutil.rmtree(root / "summaries") if text is None else summary.write_text(text)

    assert list(one.summaries()) == before
    assert not one.publish(DRAFT, package("1")).is_new
    assert summary.read_bytes() == whole


def test_entries_come_the_newest_first_from_all_integrations(one):
    one.publish(DRAFT, package("1"))
    one.publish(DRAFT._replace(key="other"), package("1"))
    recorded = one.record(Activity.new("ada", "fork", "acme@1", "forked", {"by": "other"}))
    one.record(Activity.new("bob", "delete", "never-published", "deleted", {}))

    assert [entry.subject for entry in one.log()] == ["never-published", "acme@1", "other@1", "acme@1"]
    assert [entry.category for entry in one.log(KEY)] == ["fork", "publish"]
    assert next(one.log(KEY)) == recorded
    assert list(one.keys()) == ["acme", "other"]


def test_entries_of_one_moment_come_in_the_order_in_which_they_were_made(tmp_path):
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    one = Registry(folder_store(tmp_path), lambda: moment)
    for number in range(50):
        one.record(Activity.new("ada", "fork", "acme", str(number), {}))

    assert [entry.preview for entry in one.log()] == [str(number) for number in reversed(range(50))]


def test_a_damaged_entry_is_told(one, root):
    one.publish(DRAFT, package("1"))
    entry = next(one.log())
    file = root / layout.activity(KEY, entry.id)

    shutil.copy(file, root / layout.activity(KEY, "0" * 26))
    assert refused(ErrorCode.INVALID, list, one.log()).endswith(
        f"is damaged: it is the entry {entry.id} of acme"
    )
    (root / layout.activity(KEY, "0" * 26)).unlink()
    file.write_text(file.read_text().replace('"publish"', '"unknown"'))
    assert refused(ErrorCode.INVALID, list, one.log()) == (
        f"registry/integrations/acme/activity/{entry.id}.json is damaged: `category` is none of publish, availability, "
        "labels, template, fork, delete"
    )


def test_a_purge_leaves_the_log_and_the_numbers(one, root):
    one.publish(DRAFT, package("1"))
    one.publish(DRAFT, package("2"))
    one.change_state(KEY, 1, lambda state: state._replace(available=False), MARK)

    assert one.purge(KEY, PURGE) == 2

    assert (one.newest(KEY), list(one.versions(KEY)), list(one.keys())) == (None, [], [])
    assert not (root / "integrations/acme/packages").exists()
    entry = next(one.log())
    assert (entry.category, entry.details) == ("delete", {"versions": 2, "purgedThrough": 2})
    assert [entry.category for entry in one.log()] == ["delete", "availability", "publish", "publish"]
    assert one.publish(DRAFT, package("2")).manifest.number == 3
    assert one.states(KEY) == {}
    assert one.summary(KEY).versions == 1


def test_a_file_where_the_registry_should_be_is_refused(tmp_path, one):
    (tmp_path / "registry").write_text("a file")

    refused(ErrorCode.UNREADABLE, one.publish, DRAFT, package("1"))
    refused(ErrorCode.UNREADABLE, one.newest, KEY)
    assert (tmp_path / "registry").read_text() == "a file"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_a_link_in_a_registry_is_not_followed(tmp_path, one, root):
    one.publish(DRAFT, package("1"))
    folder = root / layout.package(KEY, DIGEST)
    shutil.move(folder, tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")

    refused(ErrorCode.UNREADABLE, one.fetch, KEY, 1)


def test_the_registry_of_a_project_is_where_its_file_says(tmp_path):
    (tmp_path / "xchange.yaml").write_text(
        "registry: versions\npublish: {branches: [main, release]}\ntrustedKeys: ['ed25519:abc']\n"
    )
    project = Project.find(tmp_path)
    below = tmp_path / "below"
    registry_of(project).publish(DRAFT, package("1"))
    registry_of(project, "mine", folder=below, may_be_new=True).publish(DRAFT, package("1"))
    registry_of(project, "other", may_be_new=True).publish(DRAFT, package("1"))

    assert (project.publish_branches, project.trusted_keys) == (("main", "release"), ("ed25519:abc",))
    assert registry_of(project).url == "versions"
    for folder in (tmp_path / "versions", below / "mine", tmp_path / "other"):
        assert (folder / "summaries/acme.json").is_file()


@pytest.mark.parametrize(
    "text", ["", "{}", "registry: ''\npublish: {}\n", "registry: [1]\npublish: 1\ntrustedKeys: x\n"]
)
def test_a_project_that_does_not_say_where_its_registry_is_has_it_beside_its_integrations(tmp_path, text):
    (tmp_path / "xchange.yaml").write_text(text)
    project = Project.find(tmp_path)

    assert (project.registry, project.publish_branches, project.trusted_keys) == ("registry/", (), ())
    assert registry_of(project).url == "registry/"
