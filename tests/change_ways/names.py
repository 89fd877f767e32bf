"""Who names what: the places of a file that say the name of a step, flow or config variable, and giving it another."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from change_ways.effects import INVOKE
from change_ways.file import Data, File, Path, Place, StepPlace

_WORD = re.compile(r"[^0-9A-Za-z]+")


class Said(NamedTuple):
    """A mapping of the file with a type and a value, as inputs have it, and where it is."""

    path: Path
    part: Data


def ref_of(name: str) -> str:
    """Give the word by which references name a step."""
    first, *rest = [word for word in _WORD.split(name) if word] or [""]
    return first.lower() + "".join(word[:1].upper() + word[1:].lower() for word in rest)


def said_below(node: Any, path: Path = ()) -> Iterator[Said]:
    """Yield what inputs, conditions and page elements say."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str) and isinstance(node.get("value"), str):
            yield Said(path, node)
        for key, value in node.items():
            yield from said_below(value, (*path, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from said_below(item, (*path, index))


def codes(file: File) -> str:
    """Give all code of the file."""
    return "\n".join(said.part["value"] for said in said_below(file.data) if said.path[-1:] == ("code",))


def is_said(word: str, text: str) -> bool:
    return re.search(rf"(?<![\w$]){re.escape(word)}(?![\w$])", text) is not None


def readers(step: StepPlace) -> list[Said]:
    """Give what names a step in the inputs and settings of its flow."""
    ref = re.escape(ref_of(step.name))
    patterns = {
        "reference": re.compile(rf"^{ref}(?=[.\[]|$)"),
        "template": re.compile(rf"\{{\{{\${ref}(?=[.\[}}])"),
    }
    found = said_below(step.flow.part, step.flow.path)
    return [
        said
        for said in found
        if (pattern := patterns.get(said.part["type"])) and pattern.search(said.part["value"])
    ]


def rename_step(step: StepPlace, name: str) -> None:
    """Give a step another name, and let the references follow."""
    old, new = ref_of(step.name), ref_of(name)
    for said in readers(step):
        text = said.part["value"]
        if said.part["type"] == "reference":
            said.part["value"] = new + text[len(old) :]
        else:
            said.part["value"] = re.sub(rf"(\{{\{{\$){re.escape(old)}(?=[.\[}}])", rf"\g<1>{new}", text)
    step.part["name"] = name


def users(file: File, variable: Place) -> list[Said]:
    """Give what names a config variable outside of code."""
    tests: dict[str, Callable[[str], bool]] = {
        "configVar": lambda text: text == variable.name,
        "template": lambda text: f"{{{{#{variable.name}}}}}" in text,
    }
    return [
        said
        for said in said_below(file.data)
        if (test := tests.get(said.part["type"])) and test(said.part["value"])
    ]


def rename_variable(file: File, variable: Place, name: str) -> None:
    for said in users(file, variable):
        old = f"{{{{#{variable.name}}}}}"
        is_whole = said.part["type"] == "configVar"
        said.part["value"] = name if is_whole else said.part["value"].replace(old, f"{{{{#{name}}}}}")
    variable.part["key"] = name


def callers(file: File, flow: Place) -> list[StepPlace]:
    """Give the steps that call a flow by its name."""
    calls = file.named(INVOKE)
    return [step for step in calls if step.inputs.get("flowName", {}).get("value") == flow.name]


def is_named_elsewhere(file: File, flow: Place) -> bool:
    """Tell whether a flow is named by more than steps that call it: by its URL, or as the one that routes."""
    urls = f"webhookUrls.{flow.name}", f'webhookUrls["{flow.name}"]'
    values = [said.part["value"] for said in said_below(file.data)]
    return file.data.get("preprocessFlowName") == flow.name or any(
        url in value for url in urls for value in values
    )
