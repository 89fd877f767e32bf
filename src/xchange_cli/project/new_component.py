"""Begins a component of the user's own: a specification, its code, and a test of it."""

import keyword
import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from pprint import pformat
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionSpec, ComponentSpec
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.nearest import nearest
from xchange_cli.project.keys import shown
from xchange_cli.project.patterns import is_pattern
from xchange_cli.project.project import Project

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
FIRST_ACTION = "greet"

_BELOW = "\n" + " " * len("EXPECTED = ")
"""How further lines of an example begin; `return` in a function has the same width."""

_SPECIFICATION = """\
# What the component offers. Flows are checked against this file; the code is in {key}.py.
key: {key}
title: {title}
summary: Says in one sentence what the component is for.
actions:
  - key: {action}
    title: {action_title}
    summary: Greets somebody by name.
    effect: pure # or reads or writes: what it does to the world; a run asks before it writes
    inputs:
      - {{ key: name, label: Name, type: string, required: true }}
      - {{ key: loudly, label: Loudly, type: boolean, default: "false" }}
    output:
      description: The greeting.
      example: {{ greeting: "Hello, Ada" }}
"""
_CODE = '''\
"""The code of the component `{key}`; {key}.yml says what it offers."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.sdk import ActionContext, ActionError


def {function}(context: ActionContext, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Greet; what is returned is the result of the step."""
    name = inputs["name"]
    if name is None:
        raise ActionError("name is not set", input_key="name")
    greeting = f"Hello, {{name}}"
    context.log("INFO", greeting)
    return {{"greeting": greeting.upper() if inputs["loudly"] else greeting}}
{actions}'''
_TEST = '''\
"""What the component `{key}` does; `pytest {folder}` runs this."""

from pathlib import Path

import pytest

from xchange_cli.sdk import ActionError, perform

COMPONENT = Path(__file__).with_name("{key}.py")


def test_somebody_is_greeted_by_name():
    assert perform(COMPONENT, "{action}", {{"name": "Ada"}}).data == {{"greeting": "Hello, Ada"}}


def test_a_greeting_may_be_loud():
    assert perform(COMPONENT, "{action}", {{"name": "Ada", "loudly": True}}).data == {{"greeting": "HELLO, ADA"}}


def test_nobody_cannot_be_greeted():
    with pytest.raises(ActionError, match="name is not set"):
        perform(COMPONENT, "{action}")
'''
_CODE_FOR_KNOWN = '''\
"""Code for actions of `{key}` that cannot be performed here without it."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.sdk import ActionContext


def {function}(context: ActionContext, inputs: Mapping[str, Any]) -> Any:
    """{summary}

    Inputs: {inputs}.
    """
    context.warn("this is the example result of the catalogue: put your own code in its place")
    return {example}
{actions}'''
_TEST_FOR_KNOWN = '''\
"""What the code for `{key}` does; `pytest {folder}` runs this."""

from pathlib import Path

from xchange_cli.sdk import perform

CODE = Path(__file__).with_name("{key}.py")
EXPECTED = {example}


def test_{name}_gives_what_the_catalogue_shows():
    assert perform(CODE, "{action}").data == EXPECTED
'''


class Begun(NamedTuple):
    """The files that were written, by the names that messages show; there is no `specification` of known ones."""

    key: str
    action: str
    code: str
    test: str
    specification: str = ""


def begin_component(
    project: Project, catalog: Catalog, implementations: Implementations, key: str, action: str, folder: Path
) -> Begun:
    """Write the files of a new component or, for one of the catalogue, the code for an action of it.

    Names are relative to `folder`.

    Raises:
        XchangeError: USAGE when the key cannot be one, or when there is something already; nothing is overwritten.

    """
    if not KEY.fullmatch(key) or key == "new":
        raise XchangeError(
            ErrorCode.USAGE,
            f"`{key}` cannot be the key of a component",
            hint="A key has letters, digits, dots, dashes and underscores, such as acme-erp.",
        )
    place = _place(project)
    spec = catalog.component(key)
    words = _words(key, action or FIRST_ACTION, shown(place, folder))
    if spec is None or spec.is_own:
        names = [f"{key}.py", f"test_{_identifier(key)}.py", f"{key}.yml"]
        templates = [_CODE, _TEST, _SPECIFICATION]
    else:
        names, templates = [f"{key}.py", f"test_{_identifier(key)}.py"], [_CODE_FOR_KNOWN, _TEST_FOR_KNOWN]
        words |= _words_for(_known(spec, implementations, action))
    files = {place / name: text.format(**words) for name, text in zip(names, templates, strict=True)}
    _write(files, folder)
    return Begun(key, words["action"], *(shown(path, folder) for path in files))


def _known(spec: ComponentSpec, implementations: Implementations, action: str) -> ActionSpec:
    """Find the action of the catalogue that is to get code."""
    if not action:
        message = f"`{spec.key}` is in the catalogue: which of its actions do you want to write?"
        hint = f"Name it with --action; `xchange components {spec.key}` lists them."
        raise XchangeError(ErrorCode.USAGE, message, hint=hint)
    found = spec.actions.get(action) or spec.triggers.get(action)
    if found is None:
        near = nearest(action, [*spec.actions, *spec.triggers])
        hint = f"Did you mean `{near}`?" if near else f"`xchange components {spec.key}` lists them."
        raise XchangeError(ErrorCode.NOT_FOUND, f"`{spec.key}` has no action `{action}`", hint=hint)
    built_in = implementations.load(spec.key)
    if built_in is not None and action in built_in.actions:
        message = f"`{action}` of `{spec.key}` has built-in code already, which own code does not replace"
        raise XchangeError(ErrorCode.USAGE, message, hint="Choose a key of your own.")
    return found


def _place(project: Project) -> Path:
    """Give the folder that specifications are looked for in."""
    for pattern in map(PurePath, project.components):
        if pattern.name == "*.yml" and not is_pattern(pattern.parent.as_posix()):
            return project.root / pattern.parent
    raise XchangeError(
        ErrorCode.USAGE,
        "it is not clear where new components belong",
        hint="Give `components` in xchange.yaml a pattern such as components/*.yml.",
    )


def _words(key: str, action: str, folder: str) -> dict[str, str]:
    function = _identifier(action)
    actions = "" if function == action else f'\n\nACTIONS = {{"{action}": {function}}}\n'
    return {
        "key": key,
        "title": re.sub(r"[._-]+", " ", key).strip().capitalize() or key,
        "action": action,
        "action_title": re.sub(r"[._-]+", " ", action).strip().capitalize() or action,
        "function": function,
        "name": function.lower(),
        "actions": actions,
        "folder": folder,
    }


def _words_for(spec: ActionSpec) -> dict[str, str]:
    return {
        "summary": " ".join(spec.summary.split()).replace("\\", "/").replace('"', "'") or spec.title,
        "inputs": ", ".join(spec.inputs) or "none",
        "example": pformat(spec.example, sort_dicts=False).replace("\n", _BELOW),
    }


def _identifier(text: str) -> str:
    """Give a name that Python takes for a function."""
    name = re.sub(r"\W", "_", text)
    return f"{name}_" if keyword.iskeyword(name) else f"_{name}" if name[:1].isdigit() else name


def _write(files: Mapping[Path, str], folder: Path) -> None:
    """Write all files, or none if there is one already."""
    there = next((path for path in files if path.is_symlink() or path.exists()), None)
    if there is not None:
        raise XchangeError(
            ErrorCode.USAGE,
            f"{shown(there, folder)} exists already",
            hint="Nothing was written. Choose another key, or move the file away.",
        )
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        name = shown(Path(error.filename or folder), folder)
        raise XchangeError(ErrorCode.UNREADABLE, f"{name} cannot be written: {error.strerror}") from error
