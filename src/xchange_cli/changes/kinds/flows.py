"""Changes of flows: which there are, what they are called, and how they answer."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, PartKind
from xchange_cli.changes.facts.answers import flow_name
from xchange_cli.changes.facts.flow_facts import (
    STARTS_ITSELF,
    has_url,
    is_called,
    keeps_identity,
    start,
    who_started,
    writing_steps_below,
)
from xchange_cli.changes.grade import SAFE, Grade, Judgement, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.words.words import before_and_after, following

_NEW_FLOW = """\
  - name: Weekly
    steps:
      - name: Every Week
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 0 3 * * 0}
      - name: Post
        action: {key: httpPost, component: {key: http, isPublic: true, version: LATEST}}
"""
_NEW_URL = """\
  - name: By Request
    steps:
      - name: Called
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
"""
_FLOWS = "flows:\n"
_RENAMES = "renameAttributes: {flows: [{oldName: Incoming, newName: Coming In}]}\n"
_INCOMING = "  - name: Incoming\n"


def _changed(*keys: str) -> tuple[What, PartKind, Address]:
    return What.CHANGED, PartKind.FLOW, keys


def _added(delta: Delta, scene: Scene) -> Judgement:
    own_start = STARTS_ITSELF.get(start(delta.part, scene.catalog))
    if own_start and any(writing_steps_below(delta.part, scene.catalog)):
        return risky(f"It starts {own_start} in every instance, and it writes.")
    return SAFE


def _added_words(delta: Delta, scene: Scene) -> str:
    own_start = STARTS_ITSELF.get(start(delta.part, scene.catalog))
    return f"the flow is new; it starts {own_start}" if own_start else "the flow is new"


def _removed(delta: Delta, scene: Scene) -> Judgement:
    if has_url(delta.part, scene.catalog):
        return breaking("Requests to its URL fail, and what it did is no longer done.")
    return breaking("What it did is no longer done.")


def _renamed(delta: Delta, scene: Scene) -> Judgement:
    if keeps_identity(delta, scene):
        return SAFE
    if has_url(delta.part, scene.catalog):
        return breaking(
            "Instances take it for another flow: it gets another URL, and what it kept is not found."
        )
    return risky("Instances take it for another flow: what it kept is not found.")


def _renamed_concern(delta: Delta, scene: Scene) -> Concern:
    if keeps_identity(delta, scene):
        return Concern.NOBODY
    return Concern.CALLER if has_url(delta.part, scene.catalog) else Concern.STATE


def _truth(delta: Delta) -> str:
    old, new = (
        str(node is not None and node.data is True).lower() for node in (delta.old_value, delta.new_value)
    )
    return f"{old} → {new}"


def _waits(delta: Delta, scene: Scene) -> Judgement:
    if not _is_called(delta, scene):
        return Judgement(Grade.SAFE, "It starts by itself, so nobody waits for its result.")
    if delta.new_value is not None and delta.new_value.data is True:
        return breaking("Callers wait for the end of the run, and get its result for an answer.")
    return breaking("Callers who wait for the result get an acknowledgement instead.")


def _is_called(delta: Delta, scene: Scene) -> bool:
    return any(part and is_called(part, scene.catalog) for part in (delta.old, delta.new))


KINDS = (
    ChangeKind(
        id="flow-added",
        sentence="A flow is new; risky where it starts by itself and writes.",
        on=((What.ADDED, PartKind.FLOW, ()),),
        grades=(Grade.SAFE, Grade.RISKY),
        judge=_added,
        message=_added_words,
        cases=(
            Case(((_FLOWS, _FLOWS + _NEW_URL),), "the flow is new"),
            Case(
                ((_FLOWS, _FLOWS + _NEW_FLOW),),
                "the flow is new; it starts by its schedule",
                grade=Grade.RISKY,
            ),
        ),
    ),
    ChangeKind(
        id="flow-removed",
        sentence="A flow is no longer there.",
        on=((What.REMOVED, PartKind.FLOW, ()),),
        grades=(Grade.BREAKING,),
        judge=_removed,
        message=lambda _delta, _scene: "the flow is gone",
        cases=(
            Case((), "the flow is gone", before=((_FLOWS, _FLOWS + _NEW_URL),)),
            Case((), "the flow is gone", before=((_FLOWS, _FLOWS + _NEW_FLOW),)),
        ),
        concern=who_started,
    ),
    ChangeKind(
        id="flow-renamed",
        sentence="A flow has another name; safe where `renameAttributes` or the same `stableKey` tells an import.",
        on=((What.RENAMED, PartKind.FLOW, ()),),
        grades=(Grade.BREAKING, Grade.RISKY, Grade.SAFE),
        judge=_renamed,
        message=lambda delta, _scene: f"was called `{delta.old.name if delta.old else ''}`{following(delta)}",
        cases=(
            Case(((_INCOMING, "  - name: Coming In\n"),), "was called `Incoming`"),
            Case(
                (
                    ("  - name: Nightly\n", "  - name: Every Night\n"),
                    ("value: Nightly}", "value: Every Night}"),
                ),
                "was called `Nightly`; 1 reference follows",
                grade=Grade.RISKY,
            ),
            Case(
                ((_INCOMING, "  - name: Coming In\n"), (_FLOWS, f"{_RENAMES}{_FLOWS}")),
                "was called `Incoming`",
                grade=Grade.SAFE,
            ),
            Case((("  - name: Deliver\n", "  - name: Send\n"),), "was called `Deliver`", grade=Grade.SAFE),
        ),
        concern=_renamed_concern,
        subject=lambda delta, _scene: delta.old.name if delta.old else "",
    ),
    ChangeKind(
        id="flow-description-changed",
        sentence="The description of a flow has other words.",
        on=(_changed("description"),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda _delta, _scene: "other description",
        cases=(Case((("description: Sends goods.", "description: Sends all goods."),), "other description"),),
        lines=True,
    ),
    ChangeKind(
        id="synchronous-changed",
        sentence="Callers of a flow wait for its result, or no longer do; safe where it starts by itself, for then nobody calls it.",
        on=(_changed("isSynchronous"),),
        grades=(Grade.BREAKING, Grade.SAFE),
        judge=_waits,
        message=lambda delta, _scene: f"synchronous: {_truth(delta)}",
        cases=(
            Case((("isSynchronous: true", "isSynchronous: false"),), "synchronous: true → false"),
            Case((), "synchronous: false → true", before=(("    isSynchronous: true\n", ""),)),
            Case(
                (("  - name: Nightly\n", "  - name: Nightly\n    isSynchronous: true\n"),),
                "synchronous: false → true",
                grade=Grade.SAFE,
            ),
        ),
        concern=Concern.CALLER,
    ),
    ChangeKind(
        id="agent-flow-changed",
        sentence="AI agents can call a flow, or no longer can.",
        on=(_changed("isAgentFlow"),),
        grades=(Grade.BREAKING,),
        judge=always(
            breaking("Agents that call it no longer find it, or other callers now wait for its result.")
        ),
        message=lambda delta, _scene: f"called by AI agents: {_truth(delta)}",
        cases=(
            Case(((_INCOMING, f"{_INCOMING}    isAgentFlow: true\n"),), "called by AI agents: false → true"),
        ),
        concern=Concern.CALLER,
    ),
    ChangeKind(
        id="flow-rename-attributes-changed",
        sentence="An import is told other renames of steps.",
        on=(_changed("renameAttributes"),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda _delta, _scene: "other `renameAttributes`",
        cases=(
            Case(
                (
                    (
                        _INCOMING,
                        f"{_INCOMING}    renameAttributes: {{steps: [{{oldName: A, newName: Order}}]}}\n",
                    ),
                ),
                "other `renameAttributes`",
            ),
        ),
        lines=True,
    ),
    ChangeKind(
        id="flow-stable-key-changed",
        sentence="A flow has another `stableKey`, by which an import knows it again.",
        on=(_changed("stableKey"),),
        grades=(Grade.RISKY,),
        judge=always(risky("An import may take it for another flow: what it kept is not found.")),
        message=lambda delta, _scene: f"stable key: {before_and_after(delta)}",
        cases=(Case((("stableKey: deliver\n", "stableKey: send\n"),), "stable key: deliver → send"),),
        concern=Concern.STATE,
        subject=lambda delta, _scene: flow_name(delta.part),
    ),
    ChangeKind(
        id="flow-setting-changed",
        sentence="Another setting of a flow has another value.",
        on=(_changed(),),
        grades=(Grade.RISKY,),
        judge=always(risky("What it does to runs of this flow is not known.")),
        message=lambda delta, _scene: f"setting `{'.'.join(delta.address)}`",
        cases=(Case(((_INCOMING, f"{_INCOMING}    color: red\n"),), "setting `color`"),),
        lines=True,
    ),
)
