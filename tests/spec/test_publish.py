"""`xchange publish`: what a version is made of, when there is one, and how that is told."""

import json
import os
import subprocess
import sys

import pytest

import repositories
from conftest import start_process
from repositories import ORDERS, TEXT, change, commit, git, hook, manifest, repository, write
from strict_schemas import faults
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.registry import Registry
from xchange_cli.storage.open import open_store

NOTHING = "nothing has changed since the newest versions; nothing to publish\n"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def here(tmp_path):
    return repository(tmp_path)


@pytest.fixture
def publish(here, xchange):
    def run(*arguments, cwd=here, **more):
        return xchange("publish", *arguments, cwd=cwd, **more)

    return run


def files(folder, number, key="orders"):
    """Give the files of a version by name, as they are in the registry."""
    root = folder / f"registry/integrations/{key}/packages/{manifest(folder, number, key)['digest']}"
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_first_version_says_what_it_is_and_where_it_comes_from(publish, here):
    head = git(here, "rev-parse", "HEAD")
    code, out, err = publish("orders", "--note", "Takes orders\n\nAnd nothing else.  ")
    made = manifest(here, 1)
    assert (code, out) == (0, f"orders 1 {made['digest']}\n")
    assert err == (
        "The registry is in git: commit these versions and push them, or nobody else gets\nthem.\n"
        "  git add registry && git commit -m 'Publish orders 1'\n"
    )
    facts = {
        name: made[name] for name in ("name", "description", "category", "labels", "note", "author", "git")
    }
    assert facts == {
        "name": "Orders",
        "description": "Takes orders.",
        "category": "",
        "labels": ["shop"],
        "note": "Takes orders\n\nAnd nothing else.",
        "author": "Ada <ada@acme.test>",
        "git": {
            "commit": head,
            "branch": "main",
            "dirty": False,
            "repository": "",
            "commitUrl": "",
            "pullRequestUrl": "",
            "tag": "",
        },
    }
    assert faults(json.dumps(made), "version") == []


def test_a_version_has_the_file_the_icon_the_documentation_and_the_attachments_byte_for_byte(publish, here):
    folder = here / "integrations/orders"
    data = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    (here / ORDERS).write_bytes(data)
    for name in ("docs/setup.md", "docs/images/page.png", "attachments/map.xlsx", "attachments/.DS_Store"):
        write(folder, name, name)
    for name in ("icon.png", "docs/notes.txt", "configs/dev.yml", "payloads/order.json", "fork.base.yml"):
        write(folder, name, "{}" if name.endswith("json") else "values: {}\n")
    commit(here)
    assert publish("orders", "--note", "all").code == 0
    assert files(here, 1) == {
        "integration.yml": data,
        "icon.png": b"values: {}\n",
        "docs/setup.md": b"docs/setup.md",
        "docs/images/page.png": b"docs/images/page.png",
        "attachments/map.xlsx": b"attachments/map.xlsx",
    }


def test_git_keeps_the_bytes_of_versions_whatever_it_does_to_other_files(publish, here, tmp_path):
    write(here, ".gitattributes", "* text=auto\n")
    (here / ORDERS).write_bytes(TEXT.replace("\n", "\r\n").encode())
    commit(here)
    (here / ORDERS).write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert publish("orders", "--note", "x", "--commit", "--allow-dirty").code == 0
    copy = repositories.clone(here, tmp_path / "copy")
    assert files(copy, 1) == files(here, 1) == {"integration.yml": TEXT.replace("\n", "\r\n").encode()}


def test_what_is_the_same_is_not_published_again(publish, here):
    assert publish("orders", "--note", "x").code == 0
    before = {path: path.read_bytes() for path in (here / "registry").rglob("*") if path.is_file()}
    code, out, err = publish("orders", "--note", "y")
    assert (code, out) == (0, f"orders 1 {manifest(here, 1)['digest']}\n")
    assert err.startswith("orders: already published as 1\n")
    assert {path: path.read_bytes() for path in (here / "registry").rglob("*") if path.is_file()} == before


def test_a_dry_run_needs_no_note_writes_nothing_and_says_what_would_happen(publish, here):
    code, out, err = publish("--all", "--dry-run", "--commit", "--output", "json")
    result = json.loads(out)
    assert (code, err, faults(out, "published-output")) == (0, "", [])
    assert result["isDryRun"] is True
    [one] = result["integrations"]
    assert (one["key"], one["status"], one["version"]) == ("orders", "would-be-published", 1)
    code, out, err = publish("orders", "--dry-run")
    assert (code, out, err) == (0, f"orders 1 {one['digest']}\n", "orders: would be published as 1\n")
    assert git(here, "status", "--porcelain") == ""


def test_a_dry_run_counts_numbers_of_versions_that_were_deleted(publish, here, xchange):
    assert publish("orders", "--note", "x").code == 0
    registry = Registry(open_store("registry/", here))
    registry.purge("orders", Activity.new("ada", "delete", "orders", "purged", {}))
    assert publish("orders", "--dry-run").out.startswith("orders 2 ")
    assert publish("orders", "--note", "x").out.startswith("orders 2 ")


def test_only_what_has_changed_is_published_and_nothing_is_fine_too(publish, here):
    write(here, "integrations/bills/integration.yml", TEXT.replace("Orders", "Bills"))
    commit(here)
    assert publish("--changed", "--note", "first").out.split()[::3] == ["bills", "orders"]
    assert publish("--changed", "--note", "again") == (0, "", NOTHING)
    change(here, "more")
    commit(here)
    assert publish("--changed", "--note", "second").out == f"orders 2 {manifest(here, 2)['digest']}\n"


def test_the_integration_of_the_working_folder_is_meant_where_none_is_named(publish, here):
    write(here, "integrations/bills/integration.yml", TEXT.replace("Orders", "Bills"))
    commit(here)
    assert publish("--note", "x", cwd=here / "integrations/bills").out.startswith("bills 1 ")
    assert publish("--note", "x").code == 2


def test_nothing_that_is_found_is_no_success(publish, here, tmp_path):
    assert publish("nope", "--note", "x") == (
        3,
        "",
        (
            "error: nope does not exist, and no integration has this key\n"
            "hint: `xchange list` shows the integrations of this project.\n"
        ),
    )
    empty = tmp_path / "empty"
    empty.mkdir()
    write(empty, "xchange.yaml", "limits: warn\n")
    assert publish("--note", "x", cwd=empty).code == 3


def test_of_several_integrations_each_is_told_and_one_that_fails_hides_no_other(publish, here):
    write(here, "integrations/bills/integration.yml", TEXT.replace("Orders", "Bills"))
    write(here, "integrations/cards/integration.yml", TEXT.replace("steps:", "stps:"))
    write(here, "integrations/drafts/integration.yml", TEXT)
    commit(here)
    change(here, "not committed", "integrations/drafts/integration.yml")
    code, out, err = publish("--all", "--note", "x")
    assert code == 6
    assert out.split()[::3] == ["bills", "orders"]
    assert "integrations/cards/integration.yml:7:5: error missing-key: `steps` is missing in this flow" in err
    assert "error: cards is not published: " in err
    assert "error: drafts has changes that are not committed: integrations/drafts/integration.yml\n" in err
    code, out, err = publish("--all", "--note", "x", "nope")
    assert (code, out) == (2, "")
    result = publish("--all", "--note", "x", "--output", "json")
    assert (result.code, faults(result.out, "published-output")) == (6, [])
    assert [one["status"] for one in json.loads(result.out)["integrations"]] == [
        "already-published",
        "failed",
        "failed",
        "already-published",
    ]


def test_integrations_that_share_a_key_are_not_published(publish, here):
    write(here, "xchange.yaml", "integrations: [integrations/*/integration.yml, more/*/integration.yml]\n")
    write(here, "more/orders/integration.yml", TEXT)
    commit(here)
    code, out, err = publish("integrations/orders", "--note", "x")
    assert (code, out) == (6, "")
    assert err.startswith("error: several integrations of the project have the key orders")


def test_a_loose_file_is_published_under_its_name_without_what_stands_beside_it(publish, here):
    write(here, "loose/greeting.yml", TEXT)
    write(here, "loose/icon.png", "no icon of this one")
    write(here, "loose/Greeting 2.yml", TEXT)
    commit(here)
    assert publish("loose/greeting.yml", "--note", "x").code == 0
    assert files(here, 1, "greeting") == {"integration.yml": TEXT.encode()}
    code, out, err = publish("loose/Greeting 2.yml", "--note", "x")
    assert (code, out, err.splitlines()[0]) == (
        2,
        "",
        "error: `Greeting 2` is no key that a registry can have",
    )


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ((), 2, "a version needs a note"),
        (("--note", " \n"), 2, "a version needs a note"),
        (("--note", "x", "--note-file", "note.txt"), 2, "--note and --note-file exclude each other"),
        (("--note-file", "missing.txt"), 3, "missing.txt does not exist"),
        (("--note", "x", "--external-version", "1.2"), 2, "'1.2' is no external version"),
        (("--note", "x", "--sign", "missing.pem"), 3, "the key file missing.pem does not exist"),
        (("--note", "x", "--sign", ORDERS), 3, "versions cannot be signed with it: "),
        (("--note", "x", "--receipt", "integrations"), 3, "no receipt can be written to integrations"),
        (("--note", "x", "--receipt", f"{ORDERS}/r"), 3, f"no receipt can be written to {ORDERS}/r"),
        pytest.param(
            ("--note", "x", "--receipt", "/proc/r.json"),
            3,
            "no receipt can be written to /proc/r.json: ",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no folder that nobody can write to"),
        ),
        (("--note", "x", "--receipt", "r" * 300), 3, f"no receipt can be written to {'r' * 300}: "),
        (("--note", "x", "--all", "--changed"), 2, "keys, --changed and --all exclude each other"),
        (("--note", "x", "--registry", "ftp://x"), 2, "a registry cannot be at `ftp:`"),
        (
            ("--note", "x", "--registry", "s3://bucket/p", "--commit"),
            2,
            "--commit is for a registry in a git repo",
        ),
        (
            ("--note", "ghp_abcdefghijklmnopqrstuvwxyz0123456789AB"),
            2,
            "the note holds what looks like a secret",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(publish, here, options, code, message):
    found = publish(*options)
    assert (found.code, found.out) == (code, "")
    assert found.err.startswith(f"error: {message}")
    assert not (here / "registry").exists()


def test_the_note_may_be_in_a_file_or_come_from_another_program(publish, here):
    write(here, "note.txt", "From a file\n")
    assert publish("orders", "--note-file", "note.txt").code == 0
    change(here, "more")
    assert publish("orders", "--note-file", "-", "--allow-dirty", input="From a program\n").code == 0
    assert [manifest(here, number)["note"] for number in (1, 2)] == ["From a file", "From a program"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_is_asked_for_the_note_until_there_is_one(here):
    import pty

    ours, theirs = pty.openpty()
    env = {"TERM": "dumb", "COLUMNS": "120"}
    started = start_process(
        "publish", "orders", cwd=here, env=env, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, b"\nTyped\n")
    assert started.communicate(timeout=60)[0] == f"orders 1 {manifest(here, 1)['digest']}\n"
    assert os.read(ours, 65536).decode().count("What has changed:") == 2
    os.close(ours)
    assert manifest(here, 1)["note"] == "Typed"


def test_an_external_version_that_goes_back_is_published_with_a_warning(publish, here):
    assert publish("orders", "--note", "x", "--external-version", "1.10.0").code == 0
    change(here, "more")
    commit(here)
    code, _, err = publish("orders", "--note", "x", "--external-version", "1.9.0")
    assert code == 0
    said = "orders@2 does the same as orders@1; it differs in integration.yml\n"
    said += "orders@2 has the external version 1.9.0\n"
    assert err.removeprefix(said).startswith(
        "warning: orders: the external version 1.9.0 does not come after 1.10.0, which is\n"
        "         that of version 1\n"
    )
    change(here, "more")
    commit(here)
    assert "warning" not in publish("orders", "--note", "x", "--external-version", "2.0.0-rc.1").err
    assert manifest(here, 3)["externalVersion"] == "2.0.0-rc.1"


def test_a_version_can_be_published_as_one_that_cannot_be_deployed(publish, here):
    assert publish("orders", "--note", "x", "--unavailable").code == 0
    state = json.loads((here / "registry/integrations/orders/state.json").read_bytes())
    assert state["versions"]["1"]["available"] is False


def test_a_receipt_says_what_was_published_for_who_verifies_it_later(publish, here, xchange):
    assert publish("orders", "--note", "x", "--receipt", "out/receipt.json").code == 0
    text = (here / "out/receipt.json").read_text(encoding="utf-8")
    [line] = json.loads(text)["versions"]
    assert faults(text, "receipt") == []
    assert (line["key"], line["number"], line["digest"]) == ("orders", 1, manifest(here, 1)["digest"])
    assert xchange("verify", "out/receipt.json", cwd=here).code == 0
    (next(iter((here / "registry").rglob("integration.yml")))).write_bytes(b"other")
    assert xchange("verify", "out/receipt.json", cwd=here).code == 1


def test_a_receipt_replaces_an_earlier_one_and_no_other_file(publish, here):
    for note in ("1", "2"):
        change(here, note)
        commit(here)
        assert publish("orders", "--note", note, "--receipt", "receipt.json").code == 0
    assert json.loads((here / "receipt.json").read_bytes())["versions"][0]["number"] == 2
    before = (here / ORDERS).read_bytes()

    assert publish("orders", "--note", "x", "--external-version", "1.0.0", "--receipt", ORDERS) == (
        6,
        "",
        (
            f"error: {ORDERS} is there already and is no receipt, so it is not replaced\n"
            "hint: Name another file. Nothing was published.\n"
        ),
    )
    assert (here / ORDERS).read_bytes() == before
    assert not (here / "registry/integrations/orders/versions/000003.json").exists()


def test_a_receipt_of_nothing_says_that_nothing_was_published(publish, here, xchange):
    assert publish("orders", "--note", "x").code == 0
    assert publish("--changed", "--note", "x", "--receipt", "receipt.json") == (0, "", NOTHING)
    assert xchange("verify", "receipt.json", cwd=here) == (
        0,
        "ok       receipt.json names no version: nothing was published\n",
        "",
    )
    told = xchange("verify", "receipt.json", "--output", "json", cwd=here)
    assert (told.code, faults(told.out, "verified-output")) == (0, [])
    assert (json.loads(told.out)["ok"], json.loads(told.out)["versions"]) == (True, [])


def test_a_receipt_that_cannot_be_written_in_the_end_does_not_hide_what_is_published(publish, here):
    hook(here, "pre-commit", "echo in the way > out")
    code, out, err = publish("orders", "--note", "x", "--commit", "--receipt", "out/receipt.json")
    assert (code, out) == (3, f"orders 1 {manifest(here, 1)['digest']}\n")
    assert err.startswith(
        "error: orders@1 is published, but without a receipt: out/receipt.json cannot be written"
    )
    assert (
        "hint: `xchange publish orders --receipt FILE` writes it later; what is the same\n"
        "      is not published again.\n"
    ) in err
    assert publish("orders", "--note", "x", "--receipt", "receipt.json").code == 0
    assert json.loads((here / "receipt.json").read_bytes())["versions"][0]["number"] == 1


def test_a_signed_version_is_trusted_by_who_trusts_the_key(publish, here, xchange):
    assert xchange("keys", "new", "-o", "key.pem", cwd=here).code == 0
    assert publish("orders", "--note", "x", "--sign", "key.pem").code == 0
    key = manifest(here, 1)["signature"]["key"]
    write(here, "xchange.yaml", f"trustedKeys: ['{key}']\n")
    assert xchange("verify", "orders@1", cwd=here).code == 0


def test_a_version_that_is_there_without_a_signature_gets_none_and_that_is_said(publish, here, xchange):
    xchange("keys", "new", "-o", "key.pem", cwd=here)
    publish("orders", "--note", "x")
    code, _, err = publish("orders", "--note", "x", "--sign", "key.pem")
    assert (code, manifest(here, 1)["signature"]) == (0, None)
    assert "warning: orders: it stays without a signature, for a version never changes\n" in err


def test_without_git_a_version_has_no_facts_and_that_is_said(xchange, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write(tmp_path, ORDERS, TEXT)
    code, out, err = xchange("publish", "orders", "--note", "x", cwd=tmp_path)
    assert (code, out) == (0, f"orders 1 {manifest(tmp_path, 1)['digest']}\n")
    assert err == (
        "warning: there is no git repository here, so the versions do not say which\n"
        "         commit they are of\n"
    )
    assert manifest(tmp_path, 1)["git"] is None
    assert xchange("publish", "orders", "--note", "x", "--commit", cwd=tmp_path).code == 2


def test_a_link_that_leads_out_of_the_folder_is_not_published(publish, here, tmp_path_factory):
    secret = write(tmp_path_factory.mktemp("outside"), "private.md", "private")
    (here / "integrations/orders/docs").mkdir()
    (here / "integrations/orders/docs/page.md").symlink_to(secret)
    commit(here)
    assert publish("orders", "--note", "x") == (
        3,
        "",
        (
            "error: integrations/orders/docs/page.md cannot be published: it is a link that leads out of the "
            "integration's folder\n"
        ),
    )


def test_a_file_whose_name_some_system_cannot_have_is_not_published(publish, here):
    write(here, "integrations/orders/attachments/what?.txt", "x")
    commit(here)
    code, out, err = publish("orders", "--note", "x")
    assert (code, out) == (1, "")
    assert "not every system has files with `?` in their name" in err
    assert not (here / "registry/integrations").exists()


def test_a_fork_says_what_it_was_made_of(publish, here, xchange):
    assert publish("orders", "--note", "x").code == 0
    arguments = ("fork", "orders@1", "returns", "--name", "Returns", "--description", "Takes returns.")
    assert xchange(*arguments, cwd=here).code == 0
    commit(here)
    assert publish("returns", "--note", "x").code == 0
    fork = manifest(here, 1, "returns")["fork"]
    assert (fork["key"], fork["version"]) == ("orders", 1)
