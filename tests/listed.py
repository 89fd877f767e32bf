"""Small integrations for lists, and ways to change files behind a program's back."""

import json
import os
from pathlib import Path

TRIGGERS = {
    "webhook": "{key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}",
    "schedule": "{key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}",
    "deployment": "{key: instanceDeploy, component: {key: management-triggers, isPublic: true, version: LATEST}}",
    "removal": "{key: instanceRemove, component: {key: management-triggers, isPublic: true, version: LATEST}}",
    "flow": "{key: crossFlow, component: {key: cross-flow, isPublic: true, version: LATEST}}",
    "app": "{key: eventTopicWebhook, component: {key: shopify, isPublic: true, version: LATEST}}",
}


def integration(name, *flows, connection="", action="http.httpPost", **top):
    """Write an integration; a flow is its name and the kind of its trigger: `Receive: webhook`."""
    lines = ["definitionVersion: 7", f"name: {json.dumps(name)}"]
    lines += [f"{word}: {json.dumps(value)}" for word, value in top.items()]
    if connection:
        use = f"{{key: basic, component: {{key: {connection}, isPublic: true, version: LATEST}}}}"
        key = f"{connection.title()} Connection"
        lines += ["requiredConfigVars:", f"  - {{key: {key}, dataType: connection, connection: {use}}}"]
    lines += ["flows:"]
    component, _, key = action.partition(".")
    use = f"{{key: {key}, component: {{key: {component}, isPublic: true, version: LATEST}}}}"
    for flow in flows:
        title, _, kind = flow.partition(": ")
        lines += [
            f"  - name: {title}",
            "    steps:",
            f"      - {{name: Trigger, isTrigger: true, action: {TRIGGERS[kind]}}}",
            f"      - {{name: Do {title}, action: {use}}}",
        ]
    return "\n".join(lines) + "\n"


def next_tick(folder: Path) -> None:
    """Wait, some milliseconds at most, until the clock of the file system has moved on."""
    scratch = folder / "tick"
    scratch.write_bytes(b"")
    first = scratch.stat().st_ctime_ns
    while scratch.stat().st_ctime_ns == first:
        scratch.write_bytes(b"")
    scratch.unlink()


def rewrite_in_secret(path: Path, text: str) -> None:
    """Write as many characters as there were, and set the file's time back."""
    was = path.stat()
    assert len(text.encode()) == was.st_size
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    now = path.stat()
    assert (now.st_size, now.st_mtime_ns) == (was.st_size, was.st_mtime_ns)
