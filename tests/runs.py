"""Runs as tests see them: integrations of a few lines, and outputs without what differs from run to run."""

import re

TRIGGER = """\
  - name: Trigger
    isTrigger: true
    action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
    inputs: {}
"""


def flow(*steps: str, name: str = "Flow", is_synchronous: bool = True, trigger: str = TRIGGER) -> str:
    """Write an integration with one flow of these steps (see `step`) after a trigger."""
    return integration(flow_part(*steps, name=name, is_synchronous=is_synchronous, trigger=trigger))


def flow_part(*steps: str, name: str = "Flow", is_synchronous: bool = True, trigger: str = TRIGGER) -> str:
    head = f"- name: {name}\n  description: ''\n  isSynchronous: {str(is_synchronous).lower()}\n  steps:\n"
    return head + trigger + "".join(steps)


def integration(*flows: str, head: str = "") -> str:
    return f"definitionVersion: 7\nname: Test\ndescription: ''\n{head}flows:\n{''.join(flows)}"


def step(name: str, component: str, action: str, **inputs: str) -> str:
    """Write a step; the inputs are YAML texts, such as `{type: value, value: x}`."""
    lines = [
        f"  - name: {name}",
        "    description: ''",
        f"    action: {{key: {action}, component: {{key: {component}, isPublic: true, version: LATEST}}}}",
        f"    inputs:{'' if inputs else ' {}'}",
        *(f"      {key}: {value}" for key, value in inputs.items()),
    ]
    return "\n".join(lines) + "\n"


def code(name: str, javascript: str) -> str:
    """Write a code step; the code is the body of the exported function (context, stepResults)."""
    body = "".join(f"          {line}\n" for line in javascript.strip().splitlines())
    start = "        module.exports = async (context, stepResults) => {\n"
    return step(name, "code", "runCode") .replace("inputs: {}\n", "inputs:\n") + (
        f"      code:\n        type: value\n        value: |\n  {start}  {body}          }};\n"
    )


def timeless(output: str) -> str:
    """Replace times, sizes that depend on them, and run ids by marks of the same width."""
    output = re.sub(r" *\d+\.\d ms", lambda found: "#.# ms".rjust(len(found[0])), output)
    output = re.sub(r" in \d+\.\d\d s", " in #.## s", output)
    output = re.sub(r'("ms": ?)[\d.]+', r"\g<1>0.0", output)
    output = re.sub(r"\b0[0-9A-HJKMNP-TV-Z]{25}\b", "RUN-ID-OF-26-CHARACTERS---", output)
    return re.sub(r'("startedAt": ?)"[^"]*"', r'\g<1>"2024-01-01T00:00:00.000Z"', output)
