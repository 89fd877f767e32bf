"""What `xchange explain` shows of a house rule."""

import json
from textwrap import indent

from xchange_cli.document.node import Mapping
from xchange_cli.validation.house.words import unfilled

_PARTS = ("match", "unless", "where", "require", "forbid")


def documentation(rule: Mapping, place: str) -> str:
    """Write the page in the form of a rule's docstring; `place` names the file and the line."""
    said = [f"- {key}: {_one_line(rule.data[key])}" for key in _PARTS if key in rule.data]
    return "\n".join(
        [
            summary(rule),
            "",
            "What it checks",
            f"    This is a house rule of the project, from {place}.",
            *(f"    {line}" for line in said),
            "",
            "Why it matters",
            _paragraph(_text(rule, "why") or "The project has agreed on it."),
            "",
            "How to fix",
            _paragraph(_sentence(rule, "hint") or "Follow the message."),
        ]
    )


def summary(rule: Mapping) -> str:
    """Give one line: what the rule is about in its own words, else its message for any value."""
    text = " ".join((_text(rule, "summary") or _sentence(rule, "message")).split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _sentence(rule: Mapping, key: str) -> str:
    """Give a text in which `…` stands for what is filled in."""
    text = unfilled(_text(rule, key))
    return text[:1].upper() + text[1:]


def _text(rule: Mapping, key: str) -> str:
    node = rule.text(key)
    return node.value.strip() if node is not None else ""


def _paragraph(text: str) -> str:
    return indent(" ".join(text.split()), "    ")


def _one_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
