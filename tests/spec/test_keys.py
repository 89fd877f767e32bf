"""`xchange keys new`: a key to sign versions with, whose private half nobody else can read."""

import stat
import subprocess
import sys

import pytest

from xchange_cli.project.project import Project
from xchange_cli.registry.signatures import Trust, check, signer


@pytest.fixture
def folder(project):
    return project({"xchange.yaml": ""})


def test_the_line_for_the_project_is_the_public_half_of_the_key_in_the_file(xchange, folder):
    ran = xchange("keys", "new", cwd=folder)

    (folder / "xchange.yaml").write_text(ran.out)
    trusted = Project.find(folder).trusted_keys
    signature = signer((folder / ".xchange/signing-key.pem").read_bytes())(b"data")
    assert ran.code == 0
    assert check(signature, b"data", trusted) is Trust.TRUSTED
    assert check(signature, b"other", trusted) is Trust.WRONG
    assert ran.err == (
        "The private key is in .xchange/signing-key.pem; keep it secret, and keep a copy.\n"
        "Put these lines into xchange.yaml, and sign with `xchange publish --sign\n"
        ".xchange/signing-key.pem`.\n"
    )


def test_the_private_half_is_never_shown(xchange, folder):
    ran = xchange("keys", "new", "-o", "key.pem", cwd=folder)
    secret = (folder / "key.pem").read_text().splitlines()[1]
    assert secret not in ran.out + ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_its_owner_can_read_the_file(xchange, folder):
    xchange("keys", "new", "-o", "deep/down/key.pem", cwd=folder)
    assert stat.S_IMODE((folder / "deep/down/key.pem").stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(xchange, folder):
    (folder / "key.pem").write_text("mine")
    assert xchange("keys", "new", "-o", "key.pem", cwd=folder) == (
        6,
        "",
        (
            "error: key.pem is there already, and a key is never overwritten\n"
            "hint: Name another file with -o.\n"
        ),
    )
    assert (folder / "key.pem").read_text() == "mine"


def test_a_link_is_not_followed_to_where_it_leads(xchange, folder):
    (folder / "key.pem").symlink_to(folder / "elsewhere.pem")
    assert xchange("keys", "new", "-o", "key.pem", cwd=folder).code == 6
    assert not (folder / "elsewhere.pem").exists()


@pytest.mark.parametrize("place", ["xchange.yaml/key.pem", "a\0b.pem", "k" * 300])
def test_a_place_that_takes_no_file_is_told(xchange, folder, place):
    ran = xchange("keys", "new", "-o", place, cwd=folder)
    assert (ran.code, ran.out) == (3, "")
    assert "cannot be written" in ran.err


def test_a_file_that_git_would_commit_is_warned_of(xchange, folder):
    subprocess.run(["git", "init", "-q", folder], check=True)
    warning = "warning: git does not ignore key.pem; see that it is never committed\n"

    assert xchange("keys", "new", "-o", "key.pem", cwd=folder).err.endswith(warning)
    (folder / ".gitignore").write_text("*.pem\n")
    assert "warning" not in xchange("keys", "new", "-o", "other.pem", cwd=folder).err
    assert "warning" not in xchange("keys", "new", cwd=folder).err
