"""`xchange mark`: a published version that can be deployed, or no longer."""

import json
import shlex
import subprocess

import pytest

from published import FILE, GIT, TEXT, opened, publish
from strict_schemas import faults

UNAVAILABLE = ("mark", "orders@1", "unavailable")


@pytest.fixture
def folder(project):
    root = project({"xchange.yaml": "", FILE: TEXT})
    registry = opened(root)
    publish(registry, TEXT + "# 1\n")
    publish(registry, TEXT)
    return root


def state(folder, number=1):
    return opened(folder).states("orders")[number]


def entries(folder):
    return [
        (one.user, one.category, one.subject, one.preview, dict(one.details))
        for one in opened(folder).log("orders")
        if one.category != "publish"
    ]


def test_a_version_becomes_unavailable_for_a_reason_and_the_log_says_so(xchange, folder):
    ran = xchange(*UNAVAILABLE, "--because", "loses\n  orders", cwd=folder, env=GIT)

    assert ran == (0, "orders@1 is unavailable: loses orders\n", "")
    assert (state(folder).available, state(folder).because) == (False, "loses orders")
    assert entries(folder) == [
        (
            "Bob <bob@acme.test>",
            "availability",
            "orders@1",
            "unavailable: loses orders",
            {
                "available": {"before": True, "after": False},
                "because": {"before": "", "after": "loses orders"},
            },
        )
    ]


def test_what_is_so_already_is_written_nowhere(xchange, folder):
    xchange(*UNAVAILABLE, "--because", "loses orders", cwd=folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert xchange(*UNAVAILABLE, cwd=folder).out == "orders@1 is unavailable already\n"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_another_reason_is_a_change(xchange, folder):
    xchange(*UNAVAILABLE, "--because", "loses orders", cwd=folder)
    ran = xchange(*UNAVAILABLE, "--because", "too slow", cwd=folder)
    assert ran.out == "orders@1 is unavailable: too slow\n"
    assert state(folder).because == "too slow"


def test_a_version_that_is_available_again_has_no_reason_any_longer(xchange, folder):
    xchange(*UNAVAILABLE, "--because", "loses orders", cwd=folder)
    assert xchange("mark", "orders@1", "available", cwd=folder).out == "orders@1 is available\n"
    assert (state(folder).available, state(folder).because) == (True, "")


def test_the_published_files_stay_as_they_are(xchange, folder):
    published = folder / "registry/integrations/orders"
    files = [*published.glob("versions/*"), *published.glob("packages/*/*")]
    kept = {path: path.read_bytes() for path in files}
    xchange(*UNAVAILABLE, cwd=folder)
    assert len(kept) == 4
    assert {path: path.read_bytes() for path in kept} == kept


def test_a_key_alone_is_never_taken_for_a_version(xchange, folder):
    assert xchange("mark", "orders", "unavailable", cwd=folder) == (
        2,
        "",
        "error: orders is no version\nhint: Name one: orders@2 is the newest.\n",
    )


@pytest.mark.parametrize(
    ("version", "code", "message"),
    [
        (
            "orders@7",
            3,
            "error: orders has no version 7\nhint: The newest is orders@2; `xchange versions orders`",
        ),
        ("order@1", 3, "error: no version of order is published\nhint: Did you mean `orders`?\n"),
        ("orders@0", 2, "error: `orders@0` names no version"),
        ("orders@x", 2, "error: `orders@x` names no version"),
        ("@1", 2, "error: `@1` names no integration"),
        ("Big/Orders@1", 2, "error: `Big/Orders` is no key that a registry can have"),
        ("\N{PACKAGE}@1", 2, "error: `\N{PACKAGE}` is no key that a registry can have"),
        ("o" * 300 + "@1", 2, "error: `oooo"),
        ("a\x1bb@1", 2, "error: `a\\u001bb` is no key that a registry can have"),
    ],
)
def test_a_version_that_is_none_is_refused_with_what_there_is(xchange, folder, version, code, message):
    ran = xchange("mark", version, "available", cwd=folder)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)


def test_another_word_than_the_two_is_wrong_usage(xchange, folder):
    ran = xchange("mark", "orders@1", "broken", cwd=folder)
    assert ran.code == 2
    assert "'broken' is not one of available, unavailable" in ran.err


def test_the_state_for_programs_is_as_its_schema_says(xchange, folder):
    ran = xchange(*UNAVAILABLE, "--because", "loses orders", "--output", "json", cwd=folder)
    assert faults(ran.out, "marked-output") == []
    assert json.loads(ran.out) == {
        "schema": "xchange.marked/1",
        "key": "orders",
        "number": 1,
        "isChanged": True,
        "available": False,
        "because": "loses orders",
        "labels": ["shop"],
        "template": "no",
        "remarks": [],
    }


def test_a_registry_that_cannot_be_written_says_so_and_nothing_is_changed(xchange, folder):
    activity = folder / "registry/integrations/orders/state.json"
    activity.mkdir()
    ran = xchange(*UNAVAILABLE, cwd=folder)
    assert (ran.code, ran.out) == (3, "")
    assert "state.json" in ran.err


def test_a_registry_in_git_has_to_be_committed_before_others_get_it(xchange, folder):
    subprocess.run(["git", "init", "-q", folder], check=True)

    ran = xchange(*UNAVAILABLE, cwd=folder / "integrations")

    assert ran == (
        0,
        "orders@1 is unavailable\n",
        (
            "The registry is in git: commit this and push it, or nobody else gets it.\n"
            "  git add ../registry && git commit -m 'Mark orders@1'\n"
        ),
    )
    assert xchange(*UNAVAILABLE, cwd=folder).err == ""


def git(folder, *arguments):
    identity = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    ran = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)
    return ran.stdout.decode()


def advised(ran, folder):
    """Do what the last line says, and give what git has staged."""
    line = ran.err.splitlines()[-1].strip()
    git(folder, *shlex.split(line.partition(" && ")[0])[1:])
    return git(folder, "diff", "--cached", "--name-only").splitlines()


def test_what_is_advised_stages_no_damage_of_another_integration(xchange, folder):
    publish(opened(folder), TEXT, key="bills")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "all")
    broken = folder / "registry/integrations/bills/versions/000001.json"
    broken.unlink()

    ran = xchange(*UNAVAILABLE, cwd=folder)

    assert (ran.code, ran.err.splitlines()[1:]) == (
        0,
        ["  git add registry/integrations/orders && git commit -m 'Mark orders@1'"],
    )
    staged = advised(ran, folder)
    entry = next(name for name in staged if "/activity/" in name)
    assert staged == [entry, "registry/integrations/orders/state.json"]


def test_what_is_advised_stages_no_damage_of_the_same_integration_and_names_it(xchange, folder):
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "all")
    name = next((folder / "registry").rglob("integration.yml")).relative_to(folder).as_posix()
    (folder / name).write_text("{}", encoding="utf-8")

    ran = xchange(*UNAVAILABLE, cwd=folder)

    said = " ".join(ran.err.split())
    assert said.startswith(
        f"warning: {name} was changed or deleted since it was committed, and what is published never changes: "
        f"`git restore --staged --worktree {name}`"
    )
    staged = advised(ran, folder)
    assert (len(staged), name in staged) == (2, False)


def test_a_registry_outside_of_git_needs_nothing_more(xchange, folder):
    assert xchange(*UNAVAILABLE, cwd=folder).err == ""
