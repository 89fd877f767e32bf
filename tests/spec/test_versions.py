"""`xchange versions`: the version history of an integration, and the draft above it."""

import json

import pytest

from published import FILE, KEY, TEXT, opened, publish
from strict_schemas import faults
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.git_facts import GitFacts
from xchange_cli.registry.signatures import new_key, signer
from xchange_cli.registry.verdict import Verdict


@pytest.fixture
def folder(project):
    return project({"xchange.yaml": "", FILE: TEXT})


@pytest.fixture
def registry(folder):
    return opened(folder)


def changed(registry, number, **state):
    entry = Activity.new("bob", "availability", f"{KEY}@{number}", "", {})
    registry.change_state(KEY, number, lambda now: now._replace(**state), entry)


def test_each_version_is_a_row_with_what_it_is_about_below(xchange, folder, registry):
    commit = GitFacts(commit="0123456789abcdef", dirty=True)
    publish(registry, TEXT + "# 1\n", note="Takes orders", git=commit)
    publish(
        registry, TEXT, note="Asks the ERP\ntwice", external_version="1.4.0", git=commit._replace(dirty=False)
    )
    changed(registry, 1, available=False, because="loses orders", labels=("old",), template="org")

    ran = xchange("versions", KEY, cwd=folder)

    assert ran == (
        0,
        (
            "VERSION    PUBLISHED (UTC)   BY            COMMIT    CHANGE  AVAILABLE\n"
            "2 (1.4.0)  2026-05-02 12:00  Ada Lovelace  0123456           yes\n"
            "    Asks the ERP twice [shop]\n"
            "1          2026-05-01 12:00  Ada Lovelace  0123456*          no\n"
            "    Takes orders (unavailable: loses orders) (a template for the organization)\n"
            "    [shop, old]\n"
            "\n"
            "2 versions of orders\n"
        ),
        "",
    )


def test_what_each_version_means_has_a_column_and_no_word_is_broken(xchange, folder, registry):
    publish(registry, TEXT, note="Takes orders")
    verdicts = [Verdict(1, "breaking", (1, 0, 0), ()), Verdict(2, None, (0, 0, 0), ())]
    for number, verdict in enumerate(verdicts, 2):
        note, label = "One has to give a Jira project", "Project-Management"
        publish(registry, f"{TEXT}# {number}\n", note=note, labels=(label,), verdict=verdict)

    assert xchange("versions", KEY, cwd=folder).out.splitlines()[:9] == [
        "VERSION  PUBLISHED (UTC)   BY            COMMIT  CHANGE    AVAILABLE",
        "draft",
        "    not published; differs from 3",
        "3        2026-05-03 12:00  Ada Lovelace          none      yes",
        "    One has to give a Jira project [project-management]",
        "2        2026-05-02 12:00  Ada Lovelace          breaking  yes",
        "    One has to give a Jira project [project-management]",
        "1        2026-05-01 12:00  Ada Lovelace                    yes",
        "    Takes orders [shop]",
    ]


def test_a_working_copy_that_differs_from_the_newest_version_is_a_draft_on_top(xchange, folder, registry):
    publish(registry, TEXT)
    (folder / FILE).write_text(TEXT + "# new\n")

    assert xchange("versions", cwd=folder).out == (
        "VERSION  PUBLISHED (UTC)   BY            COMMIT  CHANGE  AVAILABLE\n"
        "draft\n"
        "    not published; differs from 1\n"
        "1        2026-05-01 12:00  Ada Lovelace                  yes\n"
        "    Takes orders [shop]\n"
        "\n"
        "1 version of orders\n"
    )
    assert json.loads(xchange("versions", "--output", "json", cwd=folder).out)["draft"] == {
        "file": FILE,
        "trouble": None,
    }


def test_a_new_page_of_documentation_is_a_draft_and_a_new_config_set_is_none(xchange, folder, registry):
    publish(registry, TEXT)
    (folder / FILE).parent.joinpath("configs").mkdir()
    (folder / FILE).parent.joinpath("configs/dev.yml").write_text("values: {}\n")
    assert "draft" not in xchange("versions", cwd=folder).out

    (folder / FILE).parent.joinpath("docs").mkdir()
    (folder / FILE).parent.joinpath("docs/setup.md").write_text("# Setup\n")
    assert "draft" in xchange("versions", cwd=folder).out


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("flows: [\n", f"{FILE}:1:8: this bracket is never closed"),
        (f"<<<<<<< mine\n{TEXT}", f"{FILE}:1:1: the file has the marks of a merge that is not finished"),
    ],
)
def test_the_history_of_a_file_that_is_broken_now_is_shown_with_what_is_wrong(
    xchange, folder, registry, text, trouble
):
    publish(registry, TEXT)
    (folder / FILE).write_text(text)

    ran = xchange("versions", KEY, "--output", "json", cwd=folder)

    assert ran.code == 0
    assert json.loads(ran.out)["draft"] == {"file": FILE, "trouble": trouble}


def test_only_what_can_be_deployed_is_listed_on_request(xchange, folder, registry):
    publish(registry, TEXT + "# 1\n")
    publish(registry, TEXT + "# 2\n")
    changed(registry, 2, available=False)

    ran = xchange("versions", KEY, "--available", cwd=folder)

    assert "draft" not in ran.out
    assert ran.out.endswith("\n\n1 available version of orders\n")
    changed(registry, 1, available=False)
    assert xchange("versions", KEY, "--available", cwd=folder).out == (
        "no version of orders is available; the newest is 2\n"
    )


def test_nothing_published_yet_is_no_error(xchange, folder):
    assert xchange("versions", cwd=folder) == (
        0,
        "no version of orders is published; `xchange publish orders` makes the first one\n",
        "",
    )


def test_versions_stay_where_the_working_copy_is_gone(xchange, folder, registry):
    publish(registry, TEXT)
    (folder / FILE).unlink()

    ran = xchange("versions", KEY, "--output", "json", cwd=folder)

    assert (ran.code, json.loads(ran.out)["draft"], json.loads(ran.out)["newest"]) == (0, None, 1)


def test_what_is_neither_an_integration_nor_published_is_not_found(xchange, folder, registry):
    publish(registry, TEXT)
    assert xchange("versions", "order", cwd=folder) == (
        3,
        "",
        "error: no version of order is published\nhint: Did you mean `orders`?\n",
    )
    assert xchange("versions", "no/such/file.yml", cwd=folder).code == 3


def test_the_history_for_programs_is_as_its_schema_says(xchange, folder, registry):
    publish(registry, TEXT + "# 1\n", git=GitFacts(commit="0123456789abcdef"))
    changed(registry, 1, available=False, because="loses orders", labels=("old",))

    ran = xchange("versions", KEY, "--output", "json", cwd=folder)

    assert faults(ran.out, "versions-output") == []
    found = json.loads(ran.out)
    assert (found["newest"], len(found["versions"])) == (1, 1)
    told = {
        name: found["versions"][0][name] for name in ("number", "labels", "available", "because", "template")
    }
    assert told == {
        "number": 1,
        "labels": ["shop", "old"],
        "available": False,
        "because": "loses orders",
        "template": "no",
    }


def test_where_a_version_is_signed_each_says_by_whom(xchange, folder, registry):
    ours, theirs = new_key(), new_key()
    publish(registry, TEXT + "# 1\n", labels=())
    publish(registry, TEXT + "# 2\n", labels=(), sign=signer(ours.private))
    publish(registry, TEXT + "# 3\n", labels=(), sign=signer(theirs.private))
    publish(registry, TEXT, labels=(), sign=signer(ours.private))
    path = folder / f"registry/integrations/{KEY}/versions/000004.json"
    path.write_text(path.read_text("utf-8").replace("Takes orders", "Takes all"), encoding="utf-8")
    (folder / "xchange.yaml").write_text(
        f"trustedKeys: ['{ours.public}  Ada, release job']\n", encoding="utf-8"
    )

    ran = xchange("versions", KEY, cwd=folder)

    notes = " ".join(
        "".join(line for line in ran.out.splitlines(keepends=True) if line.startswith("    ")).split()
    )
    assert notes == (
        "Takes all (its signature is not of what is there) "
        f"Takes orders (signed by a stranger, {theirs.public}) "
        "Takes orders (signed by Ada, release job) "
        "Takes orders (not signed)"
    )
    ran = xchange("versions", KEY, "--output", "json", cwd=folder)
    assert faults(ran.out, "versions-output") == []
    assert [(one["signer"], one["trust"]) for one in json.loads(ran.out)["versions"]] == [
        (f"{ours.public}  Ada, release job", "wrong"),
        (theirs.public, "stranger"),
        (f"{ours.public}  Ada, release job", "trusted"),
        (None, "unsigned"),
    ]


def test_another_registry_than_the_project_s_can_be_named(xchange, folder, tmp_path):
    publish(opened(tmp_path / "elsewhere"), TEXT)

    assert xchange("versions", KEY, "--registry", "elsewhere/registry", cwd=folder).out.endswith(
        "1 version of orders\n"
    )


def test_a_damaged_manifest_is_named(xchange, folder, registry):
    publish(registry, TEXT)
    manifest = next((folder / "registry").glob("**/000001.json"))
    manifest.chmod(0o644)
    manifest.write_text("{}")

    ran = xchange("versions", KEY, cwd=folder)

    assert ran.code == 1
    assert "registry/integrations/orders/versions/000001.json" in ran.err


def test_notes_cannot_steer_the_terminal(xchange, folder, registry):
    publish(registry, TEXT, note="a\x1b[31mb\u202ec")
    assert "\x1b" not in xchange("versions", cwd=folder).out
    assert "a\ufffd[31mb\ufffdc" in xchange("versions", cwd=folder).out
