"""Which Node.js is taken."""

import os

import pytest

from xchange_cli.javascript.node_program import NodeProgram, find_node, packaged_node

posix = pytest.mark.skipif(os.name == "nt", reason="the programs of these tests are shell scripts")


@pytest.fixture
def on_path(tmp_path, monkeypatch):
    """Put a program called `node` on the path, and nothing else."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def put(script):
        program = tmp_path / "node"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return str(program)

    return put


@posix
def test_the_node_on_the_path_is_taken_if_it_is_new_enough(on_path):
    path = on_path("echo v20.0.1")

    assert find_node() == NodeProgram(path, (20, 0))


@posix
@pytest.mark.parametrize(
    "script",
    ["echo v18.20.2", "echo what", "exit 1", "printf '\\377'"],
    ids=["old", "odd", "failing", "garbled"],
)
def test_else_the_packaged_one_is_taken_if_there_is_one(on_path, script):
    on_path(script)
    found = find_node()

    assert (found.path if found else None) == packaged_node()


@pytest.mark.parametrize(
    ("version", "flag"),
    [
        ((20, 0), "--experimental-permission"),
        ((22, 12), "--experimental-permission"),
        ((22, 13), "--permission"),
        ((23, 4), "--experimental-permission"),
        ((23, 5), "--permission"),
        ((24, 19), "--permission"),
    ],
)
def test_the_permission_model_is_turned_on_as_the_version_has_it(version, flag):
    assert NodeProgram("node", version).permission_flag == flag
