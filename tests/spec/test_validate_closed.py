"""What `validate` cannot look into, or what would never end: it is told, and nobody waits."""

import ctypes
import json
import os
import subprocess
import sys

import pytest

GOOD = """\
definitionVersion: 7
name: Orders
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
A, B = "integrations/a/integration.yml", "integrations/b/integration.yml"
REFUSED = f"{B} cannot be read: Permission denied"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs pipes with names, and permissions")


def _give_up_privileges():
    """Let permissions count for the superuser, too: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH go."""
    libc = ctypes.CDLL(None)
    for capability in (1, 2):
        libc.prctl(24, capability, 0, 0, 0)


def validate(folder, *arguments):
    ran = subprocess.run(
        [sys.executable, "-m", "xchange_cli", "validate", "--output", "json", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=60,
        preexec_fn=_give_up_privileges,
    )
    found = [(one["file"], one["rule"], one["message"]) for one in json.loads(ran.stdout)["findings"]]
    return ran.returncode, found


@pytest.mark.parametrize("mode", [0o000, 0o600])
@pytest.mark.parametrize(
    ("settings", "arguments"),
    [
        ("", ()),
        ("", ("b",)),
        ("", ("integrations/*/integration.yml",)),
        ("integrations: ['integrations/**/integration.yml']\n", ()),
    ],
)
def test_a_folder_that_cannot_be_looked_into_is_a_finding(project, settings, arguments, mode):
    folder = project({"xchange.yaml": settings, A: GOOD, B: GOOD})
    (folder / B).parent.chmod(mode)
    try:
        assert validate(folder, *arguments) == (3, [(B, "unreadable-file", REFUSED)])
    finally:
        (folder / B).parent.chmod(0o700)


def test_a_pipe_beside_an_integration_or_in_its_place_is_refused(project):
    folder = project({A: GOOD, "integrations/a/payloads/good.json": "{}", "integrations/b/x": ""})
    pipes = ["integrations/a/payloads/pipe.http", "integrations/a/payloads/pipe.json", B]
    for name in pipes:
        os.mkfifo(folder / name)
    code, found = validate(folder)
    assert code == 3
    assert found == [(name, "unreadable-file", f"{name} is a pipe or a device, not a file") for name in pipes]


def test_a_pipe_that_is_an_argument_is_read(tmp_path):
    reading, writing = os.pipe()
    os.write(writing, GOOD.encode())
    os.close(writing)
    ran = subprocess.run(
        [sys.executable, "-m", "xchange_cli", "validate", f"/dev/fd/{reading}"],
        cwd=tmp_path,
        pass_fds=[reading],
        capture_output=True,
        check=False,
        timeout=60,
    )
    os.close(reading)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.startswith(b"1 file, 1 flow, 1 step")
