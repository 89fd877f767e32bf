"""Names that a fork has in common with its parent in places outside of both, where each would meet the other.

State that steps keep by `persist-data` is no such place: it belongs to an integration, and so do the URLs of flows. What
no file says, such as names that code makes, is not known.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import Effect
from xchange_cli.document.node import Scalar
from xchange_cli.expression.ast import ConfigValue, Expression, Literal, Reference, Template
from xchange_cli.model.integration import ActionRef, Integration, Step
from xchange_cli.model.walk import walk_integration
from xchange_cli.source import Span

_IDENTITY = "stableKey"
_HOOKS = re.compile(r"webhook|subscri", re.IGNORECASE)
_HOOK_NAMES = frozenset({"name", "title", "subscription", "subscriptionName", "webhookName"})
_CHANNELS = frozenset({"createTopic", "createQueue", "createDeadLetterQueue", "getQueueUrl"})
_CHANNEL_NAMES = frozenset({"name", "topic", "dlqName"})
_STORES = {"redis": "key"}


class NameKind(StrEnum):
    WEBHOOK = "webhook"
    QUEUE = "queue"
    STATE_KEY = "state-key"
    STABLE_KEY = "stable-key"


class SharedName(NamedTuple):
    """A name in the fork's file, which is its parent's, too, and one that it could have instead.

    `suggestion` is empty for a `stableKey`, which a fork does without. `variable` is the config variable whose default
    the name is; `flow` and `step` say where the name is used, both empty for a `stableKey`.
    """

    kind: NameKind
    name: str
    suggestion: str
    span: Span
    flow: str = ""
    step: str = ""
    variable: str = ""


def shared_names(integration: Integration, catalog: Catalog, parent: str, key: str) -> tuple[SharedName, ...]:
    """Find the names in the file of a fork, each once, in the order of the file; `parent` and `key` are keys."""
    found = [*_identity(integration), *_used(integration, catalog, parent, key)]
    once = {(one.span.start, one.span.end): one for one in reversed(found)}
    return tuple(sorted(once.values(), key=lambda one: one.span.start))


def renamed(name: str, parent: str, key: str) -> str:
    """Give a name for the fork: with its key in place of its parent's, or in front."""
    mentioned = re.compile(rf"(?<![\w-]){re.escape(parent)}(?![\w-])")
    replaced = mentioned.sub(key, name)
    return replaced if replaced != name else f"{key}-{name}"


def _identity(integration: Integration) -> Iterator[SharedName]:
    node = integration.node.get(_IDENTITY)
    if isinstance(node, Scalar) and node.data not in (None, ""):
        yield SharedName(NameKind.STABLE_KEY, node.value, "", node.span)


def _used(integration: Integration, catalog: Catalog, parent: str, key: str) -> Iterator[SharedName]:
    for flow, placed in walk_integration(integration):
        step = placed.step
        for name, given in step.inputs.items():
            kind = _kind(step, name, catalog)
            if kind is None:
                continue
            text, node, variable = _text_of(given.expression, integration)
            if text and node is not None:
                new = renamed(text, parent, key)
                yield SharedName(kind, text, new, node.span, flow.name, step.name, variable)


def _kind(step: Step, name: str, catalog: Catalog) -> NameKind | None:
    """Say what a step's input names in a place that others see, too; None for all other inputs."""
    action = step.action
    if action is None:
        return None
    if _STORES.get(action.component) == name:
        return NameKind.STATE_KEY
    if name in _HOOK_NAMES and _HOOKS.search(action.key) and _writes(action, catalog):
        return NameKind.WEBHOOK
    return NameKind.QUEUE if name in _CHANNEL_NAMES and action.key in _CHANNELS else None


def _writes(action: ActionRef, catalog: Catalog) -> bool:
    spec = catalog.action(action.component, action.key, is_public=action.is_public)
    return spec is None or spec.effect is Effect.WRITES


def _text_of(expression: Expression, integration: Integration) -> tuple[str, Scalar | None, str]:
    """Give the text of a name, the place where it can be changed, and the config variable whose default that is."""
    match expression:
        case Literal(str() as text, Scalar() as node):
            return text, node, ""
        case Template(parts, node) if not any(map(_is_of_one_instance, parts)):
            return node.value, node, ""
        case ConfigValue(key):
            variable = integration.config_var(key)
            default = variable.node.get("defaultValue") if variable else None
            return (default.value, default, key) if isinstance(default, Scalar) else ("", None, "")
    return "", None, ""


def _is_of_one_instance(part: object) -> bool:
    """Tell what makes a name that no other instance has, such as `trigger.results.instance.id`."""
    return isinstance(part, Reference) and part.path[1:3] == ("results", "instance")
