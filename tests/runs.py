"""Runs as tests see them: integrations of a few lines, and outputs without what differs from run to run."""

import re
from textwrap import indent


def integration(*flows: str, head: str = "") -> str:
    """Write an integration file; `head` holds more of its keys."""
    return f"definitionVersion: 7\nname: Test\ndescription: ''\n{head}flows:\n{''.join(flows)}"


def flow(*steps: str, name: str = "Flow", trigger: str = "", synchronous: bool = True, more: str = "") -> str:
    """Write a flow of steps (see `step`) after a webhook trigger; `more` are more of its keys."""
    lines = (trigger or step("Trigger", "webhook-triggers", "webhook", is_trigger=True), *steps)
    waits = "true" if synchronous else "false"
    head = f"- name: {name}\n  description: ''\n  isSynchronous: {waits}\n{indent(more, '  ')}"
    return f"{head}  steps:\n{indent(''.join(lines), '  ')}"


def step(
    name: str, component: str, action: str, *, is_trigger: bool = False, more: str = "", **inputs: str
) -> str:
    """Write a step; `inputs` are literal texts, or YAML where they begin with `{`; `more` are more of its keys."""
    lines = [
        f"- name: {name}",
        "  isTrigger: true" if is_trigger else "  description: ''",
        f"  action: {{key: {action}, component: {{key: {component}, isPublic: true, version: LATEST}}}}",
        f"  inputs:{'' if inputs else ' {}'}",
        *(f"    {key}: {_input(value)}" for key, value in inputs.items()),
    ]
    return "\n".join(lines) + "\n" + indent(more, "  ")


def _input(value: str) -> str:
    return value if value.startswith("{type:") else f"{{type: value, value: {value!r}}}"


def code(name: str, javascript: str, *, more: str = "") -> str:
    """Write a code step; `javascript` is the body of the exported function of (context, stepResults)."""
    body = f"module.exports = async (context, stepResults) => {{\n{indent(javascript.strip(), '  ')}\n}};"
    block = "{type: value, value: |\n"
    written = step(name, "code", "runCode", more=more, code=block)
    return written.replace(
        f"    code: {block}\n", f"    code:\n      type: value\n      value: |\n{indent(body, ' ' * 8)}\n"
    )


def loop(name: str, items: str, *steps: str) -> str:
    """Write a loop over the items of a reference."""
    body = f"steps:\n{''.join(steps)}"
    return step(name, "loop", "loopOverItems", more=body, items=f"{{type: reference, value: {items}}}")


def timeless(output: str) -> str:
    """Replace times, run ids and what depends on them by marks of the same width."""
    output = re.sub(r" *\d+\.\d ms", lambda found: "#.# ms".rjust(len(found[0])), output)
    output = re.sub(r" in \d+\.\d\d s", " in #.## s", output)
    output = re.sub(r'("ms": ?)[\d.]+', r"\g<1>0.0", output)
    output = re.sub(r"\b0[0-9A-HJKMNP-TV-Z]{25}\b", "RUN-ID-OF-26-CHARACTERS---", output)
    return re.sub(r'("startedAt": ?)"[^"]*"', r'\g<1>"2024-01-01T00:00:00.000Z"', output)
