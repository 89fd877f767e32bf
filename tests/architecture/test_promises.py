"""`validate` opens no socket, starts no program and runs no code of a file: watched by an audit hook."""

import json

WATCH = """
import sys
text_of_files = "MARKER"
def watch(event, arguments):
    if event.startswith(("socket.connect", "socket.bind", "socket.__new__", "socket.getaddrinfo", "urllib.")):
        raise SystemExit(f"BROKEN {event}")
    if event.startswith(("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "ctypes.dlopen")):
        raise SystemExit(f"BROKEN {event}")
    if event == "compile" and text_of_files in str(arguments[0]):
        raise SystemExit(f"BROKEN {event}")
    if event in {"import", "open"} and "greeter" in str(arguments[0]):
        raise SystemExit(f"BROKEN {event} {arguments[0]}")
sys.addaudithook(watch)
"""
INTEGRATION = """
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
      - name: Code
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |
              require('fs').writeFileSync('MARKER', 'MARKER');
              module.exports = async () => ({ data: 'MARKER' });
      - name: Own
        action: {key: greet, component: {key: greeter, isPublic: false, version: LATEST}}
        inputs: {}
"""
OWN = "{key: greeter, title: Own, actions: [{key: greet, inputs: []}]}\n"


def test_validate_opens_no_socket_and_runs_nothing(project, xchange_process):
    folder = project(
        {
            "xchange.yaml": "components: [components/*.yml]\n",
            "integrations/orders/integration.yml": INTEGRATION,
            "components/own.yml": OWN,
            "components/greeter.py": "open('MARKER', 'w')\nraise SystemExit('BROKEN')\n",
        }
    )
    ran = xchange_process("validate", "--output", "json", cwd=folder, python=WATCH)
    assert "BROKEN" not in ran.out + ran.err
    assert json.loads(ran.out)["checked"]["steps"] == 3
    assert not list(folder.rglob("MARKER"))


def test_validating_many_files_in_processes_opens_no_socket_either(project, xchange_process):
    folder = project({f"integrations/i{number}/integration.yml": INTEGRATION for number in range(70)})
    ran = xchange_process("validate", "--output", "json", cwd=folder, python=WATCH)
    assert "BROKEN" not in ran.out + ran.err
    assert json.loads(ran.out)["checked"]["files"] == 70
