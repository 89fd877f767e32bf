"""What integrations can be chosen by."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from xchange_cli.overview.entry import NO_TRIGGER, Entry

YES, NO, UNAVAILABLE = "yes", "no", "unavailable"
"""Words of the filters `published` and `fork`; none is a part of another."""

Values = Callable[[Entry], Iterable[str]]


class Filter(NamedTuple):
    """`values` are the texts of an entry that a word may be for; `takes_parts` tells whether a part of one will do.

    `told` are those of the texts that people are told.
    """

    values: Values
    told: Values
    takes_parts: bool = False


def _parts(values: Values) -> Filter:
    return Filter(values, values, takes_parts=True)


def _words(values: Values, told: Values | None = None) -> Filter:
    return Filter(values, told or values)


def _triggers(one: Entry) -> Iterable[str]:
    """Give kinds, and what says more: the component of the trigger, its key, and both."""
    flows = one.facts.flows
    yield from one.facts.kinds if flows else (NO_TRIGGER,)
    for flow in flows:
        yield from (flow.component, flow.action, f"{flow.component}.{flow.action}") if flow.action else ()


def _actions(one: Entry) -> Iterable[str]:
    for component, action in one.facts.actions:
        yield from (action, f"{component}.{action}")


def _connections(one: Entry) -> Iterable[str]:
    for key, component in one.facts.connections:
        yield from (key, component)


def _published(one: Entry) -> Iterable[str]:
    if one.published is None:
        return (NO,)
    return (YES,) if one.published.is_available else (YES, UNAVAILABLE)


FILTERS: Mapping[str, Filter] = MappingProxyType(
    {
        "name": _parts(lambda one: (one.facts.name,)),
        "description": _parts(lambda one: (one.facts.description,)),
        "category": _words(lambda one: (one.facts.category,)),
        "label": _words(lambda one: one.facts.labels),
        "trigger": _words(_triggers, lambda one: one.facts.kinds),
        "component": _words(lambda one: one.facts.components),
        "action": _words(_actions, lambda one: (action for _, action in one.facts.actions)),
        "connection": _words(_connections, lambda one: (key for key, _ in one.facts.connections)),
        "config-var": _parts(lambda one: one.facts.config_vars),
        "flow": _parts(lambda one: (flow.name for flow in one.facts.flows)),
        "step": _parts(lambda one: (name for flow in one.facts.flows for name in flow.step_names)),
        "published": _parts(_published),
        "template": _parts(lambda one: (one.published.template,) if one.published else ()),
        "fork": _parts(lambda one: (YES,) if one.parent else (NO,)),
        "fork-of": _words(lambda one: (one.parent.partition("@")[0],)),
    }
)
"""By the names of the options. What has no such text at all has an empty one."""
