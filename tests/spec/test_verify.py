"""`xchange verify`: whether a version is as it was published, and who signed it."""

import json

import pytest

from published import FILE, KEY, TEXT, opened, publish
from strict_schemas import faults
from xchange_cli.registry.signatures import new_key, signer
from xchange_cli.release.versions.receipt import receipt_of, to_json_bytes

DOCS = {"docs/setup.md": "# Setup\n", "docs/more.md": "# More\n"}


@pytest.fixture
def folder(project):
    return project({"xchange.yaml": "", FILE: TEXT})


@pytest.fixture
def registry(folder):
    return opened(folder)


@pytest.fixture
def package(folder):
    """Give the folder of the only package, in which tests may write."""

    def only():
        (found,) = (folder / "registry").glob("**/packages/*")
        for path in (found, *found.rglob("*")):
            path.chmod(0o755)
        return found

    return only


def digest(registry, number=1):
    return registry.manifest(KEY, number).digest[:12]


def test_a_version_is_as_it_was_published(xchange, folder, registry):
    publish(registry, docs=DOCS)

    said = f"ok       orders@1: 3 files as published, digest {digest(registry)}\nok       orders@1 is not signed\n"
    assert xchange("verify", "orders@1", cwd=folder) == (0, said, "")
    assert xchange("verify", "orders", cwd=folder) == (0, said, "")


def test_every_file_that_differs_is_named(xchange, folder, registry, package):
    publish(registry, docs=DOCS)
    package().joinpath("docs/setup.md").write_text("# Else\n")
    package().joinpath("docs/more.md").unlink()
    package().joinpath("docs/new.md").write_text("# New\n")

    ran = xchange("verify", "orders@1", cwd=folder)

    assert ran == (
        1,
        (
            "differs  orders@1: docs/more.md is missing\n"
            "differs  orders@1: docs/new.md does not belong to it\n"
            "differs  orders@1: docs/setup.md is changed: fdd679e2fa95, not 777044cc4b49\n"
            "ok       orders@1 is not signed\n"
        ),
        "",
    )


def test_differences_are_told_to_programs_as_the_schema_says(xchange, folder, registry, package):
    publish(registry, docs=DOCS)
    package().joinpath("docs/more.md").unlink()

    ran = xchange("verify", "orders@1", "--output", "json", cwd=folder)

    assert (ran.code, faults(ran.out, "verified-output")) == (1, [])
    (version,) = json.loads(ran.out)["versions"]
    assert [(one["what"], one["kind"], one["found"]) for one in version["differences"]] == [
        ("docs/more.md", "missing", None)
    ]


def test_a_manifest_that_was_changed_is_refused(xchange, folder, registry):
    publish(registry)
    manifest = next((folder / "registry").glob("**/000001.json"))
    manifest.chmod(0o644)
    manifest.write_text(manifest.read_text().replace('"size": ', '"size": 1'))

    ran = xchange("verify", "orders@1", cwd=folder)

    assert (ran.code, ran.out) == (1, "")
    assert "000001.json is damaged: `digest` is not that of its files" in ran.err


def test_a_signature_is_trusted_a_stranger_s_or_missing(xchange, folder, registry):
    ada, eve = new_key(), new_key()
    publish(registry, TEXT + "# 1\n", sign=signer(ada.private))
    publish(registry, TEXT + "# 2\n", sign=signer(eve.private))
    publish(registry, TEXT + "# 3\n")
    (folder / "xchange.yaml").write_text(f"trustedKeys: ['{ada.public} Ada']\n")

    lines = {
        number: xchange("verify", f"orders@{number}", "--output", "json", cwd=folder) for number in (1, 2, 3)
    }

    told = {
        number: (ran.code, json.loads(ran.out)["versions"][0]["signature"]) for number, ran in lines.items()
    }
    assert told == {
        1: (0, {"trust": "trusted", "signer": f"{ada.public} Ada", "mustBeTrusted": True}),
        2: (1, {"trust": "stranger", "signer": eve.public, "mustBeTrusted": True}),
        3: (1, {"trust": "unsigned", "signer": None, "mustBeTrusted": True}),
    }
    assert xchange("verify", "orders@2", cwd=folder).out.splitlines()[1] == (
        "differs  orders@2 is signed by a stranger,"
    )


def test_without_trusted_keys_a_stranger_s_signature_is_no_difference(xchange, folder, registry):
    publish(registry, sign=signer(new_key().private))
    ran = xchange("verify", "orders@1", cwd=folder)
    assert (ran.code, ran.out.splitlines()[1]) == (0, "ok       orders@1 is signed by a stranger,")


def test_what_was_signed_and_changed_since_has_a_wrong_signature(xchange, folder, registry):
    publish(registry, note="Takes orders", sign=signer(new_key().private))
    manifest = next((folder / "registry").glob("**/000001.json"))
    manifest.chmod(0o644)
    manifest.write_text(manifest.read_text().replace("Takes orders", "Takes money"))

    ran = xchange("verify", "orders@1", "--output", "json", cwd=folder)

    assert ran.code == 1
    assert json.loads(ran.out)["versions"][0]["signature"]["trust"] == "wrong"


def test_a_trusted_key_that_is_none_is_told(xchange, folder, registry):
    publish(registry)
    (folder / "xchange.yaml").write_text("trustedKeys: [nonsense]\n")
    ran = xchange("verify", "orders@1", cwd=folder)
    assert (ran.code, ran.err.splitlines()[0]) == (
        1,
        "xchange.yaml:1:15: error: a trusted key is no Ed25519 public key",
    )


def test_an_exported_file_is_known_by_its_bytes(xchange, folder, registry):
    publish(registry, TEXT + "# 1\n", key="bills")
    publish(registry, TEXT + "# 1\n", docs=DOCS)
    publish(registry, TEXT + "# 2\n")
    publish(registry, TEXT + "# 1\n")
    xchange("export", "orders@1", "-o", "orders.yml", cwd=folder)

    ran = xchange("verify", "orders.yml", cwd=folder)

    assert (ran.code, ran.out.splitlines()[0]) == (0, "ok       orders.yml is the file of orders@3, orders@1")


def test_a_file_that_was_never_published_differs(xchange, folder, registry):
    publish(registry)
    (folder / "other.yml").write_text(TEXT + "\n")

    ran = xchange("verify", "other.yml", "--output", "json", cwd=folder)

    assert (ran.code, faults(ran.out, "verified-output")) == (1, [])
    assert json.loads(ran.out)["versions"] == []
    assert xchange("verify", "other.yml", cwd=folder).out == (
        "differs  no published version has the bytes of other.yml; what was exported with\n"
        "         other versions of components is no published file\n"
    )


@pytest.fixture
def receipt(folder):
    """Write a receipt of the newest version, and give its name."""

    def write(registry):
        made = receipt_of("registry/", [registry.newest(KEY)])
        (folder / "receipt.json").write_bytes(to_json_bytes(made))
        return "receipt.json"

    return write


def test_a_receipt_is_confirmed(xchange, folder, registry, receipt):
    publish(registry, docs=DOCS)
    name = receipt(registry)

    assert xchange("verify", name, cwd=folder) == (
        0,
        f"ok       orders@1: 3 files as published, digest {digest(registry)}\nok       orders@1 is not signed\n",
        "",
    )


def test_a_version_that_was_made_anew_under_the_same_number_is_not_that_of_the_receipt(
    xchange, folder, registry, receipt, project
):
    publish(registry, docs=DOCS)
    name = receipt(registry)
    (folder / "registry").rename(folder / "old")
    publish(opened(folder), TEXT + "# else\n", docs={"docs/setup.md": "# Setup\n", "docs/new.md": "# New\n"})

    ran = xchange("verify", name, "--output", "json", cwd=folder)

    assert (ran.code, faults(ran.out, "verified-output")) == (1, [])
    (version,) = json.loads(ran.out)["versions"]
    assert [(one["what"], one["kind"]) for one in version["differences"]] == [
        ("the manifest", "changed"),
        ("docs/more.md", "missing"),
        ("docs/new.md", "extra"),
        ("integration.yml", "changed"),
    ]


def test_a_version_of_a_receipt_that_is_gone_is_named(xchange, folder, registry, receipt):
    publish(registry)
    name = receipt(registry)
    (folder / "registry").rename(folder / "old")

    ran = xchange("verify", name, cwd=folder)

    assert ran == (1, "differs  orders@1: the version is missing\n", "")


def test_where_versions_of_a_receipt_are_missing_it_says_which_registry_the_receipt_is_of(
    xchange, folder, registry, receipt
):
    publish(registry)
    name = receipt(registry)
    (folder / "registry").rename(folder / "old")
    (folder / "other").mkdir()

    ran = xchange("verify", name, "--registry", "other", cwd=folder)

    assert (ran.code, ran.out.splitlines()) == (
        1,
        [
            "differs  orders@1: the version is missing",
            "differs  the receipt is of the registry registry/, and other was asked;",
            "         --registry says which",
        ],
    )


def test_a_damaged_receipt_is_refused(xchange, folder, registry, receipt):
    publish(registry)
    name = receipt(registry)
    (folder / name).write_text((folder / name).read_text().replace('"digest": "', '"digest": "x'))
    ran = xchange("verify", name, cwd=folder)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("error: receipt.json is damaged: `versions[0].digest`")


@pytest.mark.parametrize(
    ("subject", "code", "message"),
    [
        ("orders@7", 3, "error: orders has no version 7\n"),
        ("order", 3, "error: no version of order is published\nhint: Did you mean `orders`?\n"),
        ("missing.yml", 3, "error: missing.yml does not exist\n"),
        ("integrations", 3, "error: integrations is a folder, not a file\n"),
        ("orders@last", 2, "error: `orders@last` names no version"),
    ],
)
def test_what_is_neither_a_version_nor_a_file_is_refused(xchange, folder, registry, subject, code, message):
    publish(registry)
    ran = xchange("verify", subject, cwd=folder)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(message)
