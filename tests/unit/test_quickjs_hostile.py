"""Code that changes what JavaScript is made of harms neither its own outcome nor later calls."""

import pytest

from xchange_cli.javascript.errors import LogLine
from xchange_cli.javascript.quickjs import CodeHost


@pytest.mark.parametrize(
    "body",
    [
        "Array.prototype.map = null; Array.prototype.join = null; JSON.stringify = null;",
        "Promise.prototype.then = () => { throw 1; };",
        "delete globalThis.Promise; globalThis.Promise = 5;",
        "Array.prototype.toJSON = () => 5; String.prototype.slice = null;",
        "Object.freeze(globalThis);",
        "Object.prototype.error = { kind: 'timeout' };",
    ],
)
def test_changed_built_in_objects_do_not_reach_the_host(body):
    code = f"module.exports = async ({{ logger }}) => {{ {body} logger.info('in'); return {{ data: 1 }}; }}"
    host = CodeHost()

    outcomes = [host.run_module(code, context={}, step_results={}, seconds=5) for _ in range(2)]

    assert outcomes == [({"data": 1}, (LogLine("info", "in"),))] * 2


def test_a_deleted_global_is_back_in_the_next_call():
    code = "module.exports = () => { const was = typeof Map; delete globalThis.Map; return was; }"
    host = CodeHost()

    outcomes = [host.run_module(code, context={}, step_results={}, seconds=5).value for _ in range(2)]

    assert outcomes == ["function", "function"]
