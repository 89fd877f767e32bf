"""`xchange import`: exports of the hosted builder, byte for byte."""

import json
import subprocess
from pathlib import Path

import pytest

from strict_schemas import faults

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPORT = """\
category: ''
definitionVersion: 7
description: 'Größe'
flows:
  - name: Flow
    steps:
      - action: {component: {isPublic: true, key: webhook-triggers, version: LATEST}, key: webhook}
        inputs: {}
        isTrigger: true
        name: Trigger
      - action: {component: {isPublic: false, key: acme-erp, version: LATEST}, key: getOrders}
        inputs: {}
        name: Orders
      - action: {component: {isPublic: false, key: acme-erp, version: LATEST}, key: getOrders}
        inputs: {}
        name: More Orders
      - action: {component: {isPublic: true, key: log, version: LATEST}, key: shout}
        inputs: {}
        name: Shout
name: Acme Orders
requiredConfigVars:
  - {connection: {component: {isPublic: true, key: slack, version: LATEST}, key: pigeon}, dataType: connection, key: Post}
"""
FILE = "integrations/acme-orders/integration.yml"


@pytest.fixture
def export(tmp_path):
    def write(data=EXPORT, name="export.yml"):
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return tmp_path

    return write


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


ENCODED = {
    "utf-8": EXPORT.encode(),
    "utf-8-crlf-bom": EXPORT.replace("\n", "\r\n").encode("utf-8-sig"),
    "utf-16-le-bom": b"\xff\xfe" + EXPORT.replace("\n", "\r\n").encode("utf-16-le"),
    "utf-16-le": EXPORT.encode("utf-16-le"),
    "utf-16-be": EXPORT.encode("utf-16-be"),
    "no-line-end": EXPORT.rstrip("\n").encode(),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
@pytest.mark.parametrize("as_file", [True, False], ids=["file", "stdin"])
def test_no_byte_changes(data, as_file, xchange, export):
    folder = export(data)
    ran = xchange("import", "export.yml") if as_file else xchange("import", "-", input=data)
    assert ran.code == 0
    assert (folder / FILE).read_bytes() == data


@pytest.mark.parametrize(
    "file", sorted(EXAMPLES.glob("*/integrations/*/integration.yml")), ids=lambda path: path.parent.name
)
def test_what_was_exported_by_hand_is_taken_in_unchanged(file, xchange, tmp_path):
    ran = xchange("import", file, "--output", "json")
    assert (ran.code, json.loads(ran.out)["key"]) == (0, file.parent.name)
    assert (tmp_path / json.loads(ran.out)["file"]).read_bytes() == file.read_bytes()


def test_findings_and_what_the_catalogue_does_not_know_are_told_and_stop_nothing(xchange, export):
    export()
    assert xchange("import", "export.yml") == (
        0,
        (
            f"made {FILE} (815 bytes)\n"
            "\n"
            "The catalogue does not know:\n"
            "\n"
            "USES  KIND        NAME\n"
            "   1  action      log.shout\n"
            "   2  component   acme-erp\n"
            "   1  connection  slack.pigeon\n"
            "\n"
            "FINDINGS  RULE                  SEVERITY  CAN BE FIXED\n"
            "       1  config-page-elements  error\n"
            "       1  unknown-action        warning\n"
            "       1  unknown-component     warning\n"
            "       1  unknown-connection    warning\n"
            "       1  unused-config-var     warning\n"
            "\n"
            "checked: 1 error, 4 warnings; `xchange validate acme-orders` shows where\n"
        ),
        "",
    )


def test_the_result_is_data_for_programs_as_its_schema_says(xchange, export):
    export(ENCODED["utf-16-le-bom"])
    out = xchange("import", "export.yml", "--output", "json").out
    assert faults(out, "import-output") == []
    data = json.loads(out)
    assert {key: data[key] for key in ("key", "name", "state", "bytes", "encoding", "byteOrderMark")} == {
        "key": "acme-orders",
        "name": "Acme Orders",
        "state": "made",
        "bytes": len(ENCODED["utf-16-le-bom"]),
        "encoding": "utf-16-le",
        "byteOrderMark": True,
    }
    assert data["unknown"] == [
        {"kind": "action", "name": "log.shout", "uses": 1},
        {"kind": "component", "name": "acme-erp", "uses": 2},
        {"kind": "connection", "name": "slack.pigeon", "uses": 1},
    ]


def test_the_same_bytes_again_are_told_and_nothing_is_written(xchange, export):
    folder = export()
    xchange("import", "export.yml")
    before = (folder / FILE).stat().st_mtime_ns
    for options in ([], ["--replace"]):
        ran = xchange("import", "export.yml", *options)
        assert (ran.code, ran.out.partition(":")[0]) == (0, f"{FILE} is this export already, byte for byte")
    assert (folder / FILE).stat().st_mtime_ns == before


def test_another_export_under_a_taken_key_needs_replace(xchange, export):
    folder = export()
    xchange("import", "export.yml")
    export(EXPORT.replace("Größe", "Other"), "other.yml")
    assert xchange("import", "other.yml") == (
        6,
        "",
        (
            f"error: the key `acme-orders` is taken: {FILE} holds something else\n"
            "hint: Nothing was changed. Replace it with --replace, or give the export another\n"
            "      key with --key.\n"
        ),
    )
    assert (folder / FILE).read_bytes() == EXPORT.encode()


def test_replacing_changes_the_integration_and_nothing_beside_it(xchange, export):
    folder = export()
    xchange("import", "export.yml")
    (folder / "integrations/acme-orders/configs").mkdir()
    (folder / "integrations/acme-orders/configs/dev.yml").write_text("values: {}\n", encoding="utf-8")
    other = EXPORT.replace("name: Acme Orders", "name: Renamed")
    export(other, "other.yml")
    ran = xchange("import", "other.yml", "--key", "acme-orders", "--replace")
    assert (ran.code, ran.out.splitlines()[0]) == (
        0,
        f"replaced {FILE} (811 bytes); what is beside it",
    )
    assert (folder / FILE).read_bytes() == other.encode()
    assert names(folder / "integrations") == ["acme-orders/configs/dev.yml", "acme-orders/integration.yml"]


def test_a_broken_file_can_be_replaced(xchange, export, project):
    folder = project({FILE: "<<<<<<< ours\n"})
    export()
    assert xchange("import", "export.yml", "--replace", cwd=folder).code == 0
    assert (folder / FILE).read_bytes() == EXPORT.encode()


def test_an_integration_yaml_is_replaced_under_its_own_name(xchange, export, project):
    folder = project({FILE.replace(".yml", ".yaml"): "definitionVersion: 7\n"})
    export()
    xchange("import", "export.yml", "--replace", cwd=folder)
    assert names(folder / "integrations") == ["acme-orders/integration.yaml"]


def test_a_folder_that_has_no_integration_yet_is_taken(xchange, export, project):
    folder = project({"integrations/acme-orders/configs/dev.yml": "values: {}\n"})
    export()
    assert xchange("import", "export.yml", cwd=folder).code == 0
    assert names(folder / "integrations") == ["acme-orders/configs/dev.yml", "acme-orders/integration.yml"]


def test_a_key_that_two_files_have_is_refused(xchange, export, project):
    folder = project(
        {
            "xchange.yaml": "integrations: ['*/*/integration.yml']\n",
            "a/acme-orders/integration.yml": "definitionVersion: 7\n",
            "b/acme-orders/integration.yml": "definitionVersion: 7\n",
        }
    )
    export()
    ran = xchange("import", "export.yml", "--replace", cwd=folder)
    assert (ran.code, ran.err.splitlines()[0]) == (
        6,
        (
            "error: several integrations have the key `acme-orders`: a/acme-orders/integration.yml and "
            "b/acme-orders/integration.yml"
        ),
    )


@pytest.mark.parametrize(
    ("data", "options", "code", "message"),
    [
        ("a: [", [], 1, "export.yml:1:4: error: this bracket is never closed"),
        (
            "a: 1\n",
            [],
            1,
            "export.yml:1:1: error: this is no integration: it has neither `definitionVersion` nor `flows`",
        ),
        ("", [], 1, "export.yml:1:1: error: this is no integration: the file has no keys at its top"),
        (
            "name: a\n=======\n<<<<<<< x\n",
            [],
            6,
            "export.yml:3:1: error: the file has the marks of a merge that is not finished",
        ),
        (EXPORT.replace("Acme Orders", "🎉"), [], 2, "error: no key can be made of the name `🎉`"),
        (EXPORT.replace("Acme Orders", "5"), [], 2, "error: the file has no name to make a key of"),
        (EXPORT, ["--key", "A"], 2, "error: `A` cannot be a key: `A` is no lower-case letter, digit or dash"),
        (b"\xff\xfea", [], 3, "export.yml:1:1: error: not UTF-16-LE text: byte 0x61"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_and_nothing_is_written(
    data, options, code, message, xchange, export
):
    folder = export(data)
    ran = xchange("import", "export.yml", *options)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", message)
    assert names(folder) == ["export.yml"]


def test_a_file_that_is_not_there_gives_3(xchange):
    assert xchange("import", "nothing.yml") == (
        3,
        "",
        "error: nothing.yml does not exist\nhint: Check the path.\n",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("definitionVersion: 6", "The file has 6 as its `definitionVersion`."),
        ("x: 1", "The file has no number as its"),
    ],
)
def test_a_file_of_another_version_is_taken_in_and_told(text, says, xchange, export):
    export(EXPORT.replace("definitionVersion: 7", text))
    ran = xchange("import", "export.yml")
    assert (ran.code, ran.out.splitlines()[1].startswith(says)) == (0, True)


@pytest.mark.parametrize("encoding", ["utf-16-le-bom", "utf-16-le", "utf-16-be"])
def test_the_line_for_git_lets_it_show_changes_and_keeps_every_byte(encoding, xchange, export):
    folder = export(ENCODED[encoding])
    out = xchange("import", "export.yml").out
    line = next(line for line in out.splitlines() if line.startswith("  integration.yml ")).strip()
    place = (folder / FILE).parent
    (place / ".gitattributes").write_text(f"{line}\n", encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "integrations")
    git(folder, "-c", "user.name=A", "-c", "user.email=a@b.test", "commit", "-qm", "x")
    assert "category: ''" in git(folder, "show", f"HEAD:{FILE}")
    (folder / FILE).unlink()
    git(folder, "checkout", "-q", ".")
    assert (folder / FILE).read_bytes() == ENCODED[encoding]


def git(folder, *arguments):
    ran = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True)
    return ran.stdout.decode(errors="replace")
