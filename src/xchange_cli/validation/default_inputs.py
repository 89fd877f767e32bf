"""Which inputs say nothing but what their component takes anyway."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import InputSpec
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.node import Scalar
from xchange_cli.javascript.values import to_text
from xchange_cli.model.integration import ActionRef, Input

_PLAIN_INPUT = {"type", "value"}
_LATEST = {"", "LATEST"}
_NONE: Mapping[str, InputSpec] = MappingProxyType({})


def inputs_of_latest(action: ActionRef | None, catalog: Catalog) -> Mapping[str, InputSpec]:
    """Give the inputs of an action; none where it is fixed to a version, since the catalogue knows the latest one."""
    if action is None or action.version not in _LATEST:
        return _NONE
    known = catalog.action(action.component, action.key, is_public=action.is_public)
    return _NONE if known is None else known.inputs


def default_said(given: Input, spec: InputSpec) -> str | None:
    """Give the text of an input if it is the default that the catalogue is sure of.

    Secrets and lists have none, nor have empty texts that a required input cannot do without.
    """
    if not spec.basis.is_sure:
        return None
    text = _default_text(spec)
    return text if text is not None and _text_of(given, spec) == text else None


def _default_text(spec: InputSpec) -> str | None:
    if spec.default is None or spec.secret or spec.collection != "none" or spec.inputs:
        return None
    text = _text(spec.default, spec)
    return None if text == "" and spec.required else text


def _text_of(given: Input, spec: InputSpec) -> str | None:
    """Give the value of an input that is a literal and says nothing more."""
    node = given.node
    if not isinstance(node, MappingNode) or set(node.entries) != _PLAIN_INPUT or node.data["type"] != "value":
        return None
    value = node.get("value")
    return _text(value.data, spec) if isinstance(value, Scalar) and value.data is not None else None


def _text(data: Any, spec: InputSpec) -> str | None:
    """Give a value as inputs have it: text, and `true` and `false` in lower case."""
    if not isinstance(data, str | int | float):
        return None
    text = data if isinstance(data, str) else to_text(data)
    return text.lower() if spec.type == "boolean" else text
