"""Changes of steps: which there are, and what they are called."""

from textwrap import indent

from xchange_cli.changes.case_steps import CALL, OURS, SAY_ODD
from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, PartKind
from xchange_cli.changes.facts.effects import ending_steps, ends, is_loop, writing_steps
from xchange_cli.changes.facts.step_judging import (
    came,
    ending,
    flow_subject,
    names,
    went,
    with_action,
    writing,
)
from xchange_cli.changes.grade import SAFE, Grade, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.words.words import before_and_after, following

_STOP = """\
          - name: Stop
            action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
"""
_LEAVE = """\
          - name: Leave
            action: {key: breakLoop, component: {key: loop, isPublic: true, version: LATEST}}
            inputs: {}
"""
_LOOP = """\
      - name: Thrice
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        steps: []
"""
_LOOP_WITH_STOP = _LOOP.replace("steps: []\n", "steps:\n") + _STOP
_GET = """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: template, value: 'https://shop.test/orders?size={{#Page Size}}'}
"""
_POST = """\
      - name: Post
        action: {key: httpPost, component: {key: http, isPublic: true, version: LATEST}}
"""


def _changed(*keys: str) -> tuple[What, PartKind, Address]:
    return What.CHANGED, PartKind.STEP, keys


def _on(*whats: What) -> tuple[tuple[What, PartKind, Address], ...]:
    return tuple((what, PartKind.STEP, ()) for what in whats)


def _loop(delta: Delta, _scene: Scene) -> bool:
    return is_loop(delta.part)


def _ending_words(delta: Delta, scene: Scene) -> str:
    if ends(delta.part):
        return with_action("a new step ends what it stands in", delta.part)
    return f"new, with steps that end what it stands in: {names(ending_steps(delta, scene))}"


def _no_longer_ending_words(delta: Delta, scene: Scene) -> str:
    if ends(delta.part):
        return with_action("a step that ended what it stood in is gone", delta.part)
    return f"gone, with steps that ended what it stood in: {names(ending_steps(delta, scene))}"


def _writing_words(delta: Delta, scene: Scene) -> str:
    found = writing_steps(delta, scene)
    if found == (delta.part,):
        return with_action("a new step writes elsewhere", delta.part)
    return f"new, with steps that write elsewhere: {names(found)}"


def _no_longer_writing_words(delta: Delta, scene: Scene) -> str:
    found = writing_steps(delta, scene)
    if found == (delta.part,):
        return with_action("a step that wrote elsewhere is gone", delta.part)
    return f"gone, with steps that wrote elsewhere: {names(found)}"


KINDS = (
    ChangeKind(
        id="ending-step-added",
        sentence="A new step, or one below it, ends the run, or leaves the loop.",
        on=_on(What.ADDED),
        when=ending,
        grades=(Grade.RISKY,),
        judge=always(risky("What stands behind it is no longer done.")),
        message=_ending_words,
        cases=(
            Case(
                ((_LEAVE, _STOP + _LEAVE),),
                "a new step ends what it stands in (stop-execution stopExecution)",
            ),
            Case(((OURS, _LOOP_WITH_STOP + OURS),), "new, with steps that end what it stands in: `Stop`"),
        ),
    ),
    ChangeKind(
        id="ending-step-removed",
        sentence="A step that ended the run, or left the loop, or held one that did, is gone.",
        on=_on(What.REMOVED),
        when=ending,
        grades=(Grade.RISKY,),
        judge=always(risky("What stands behind its place is done now.")),
        message=_no_longer_ending_words,
        cases=(
            Case(((_LEAVE, ""),), "a step that ended what it stood in is gone (loop breakLoop)"),
            Case(
                (),
                "gone, with steps that ended what it stood in: `Stop`",
                before=((OURS, _LOOP_WITH_STOP + OURS),),
            ),
        ),
    ),
    ChangeKind(
        id="writing-step-added",
        sentence="A new step, or one below it, writes elsewhere.",
        on=_on(What.ADDED),
        when=writing,
        grades=(Grade.RISKY,),
        judge=always(risky("Data goes where it did not go before.")),
        message=_writing_words,
        cases=(
            Case(((OURS, _POST + OURS),), "a new step writes elsewhere (http httpPost)"),
            Case(
                ((OURS, _LOOP.replace("steps: []\n", "steps:\n") + indent(_POST, "    ") + OURS),),
                "new, with steps that write elsewhere: `Post`",
            ),
        ),
        concern=Concern.DATA,
        subject=flow_subject,
    ),
    ChangeKind(
        id="writing-step-removed",
        sentence="A step that wrote elsewhere, or held one that did, is gone.",
        on=_on(What.REMOVED),
        when=writing,
        grades=(Grade.BREAKING,),
        judge=always(breaking("Whoever relies on what it wrote waits for it in vain.")),
        message=_no_longer_writing_words,
        cases=(Case(((CALL, ""),), "a step that wrote elsewhere is gone (cross-flow invokeFlow)"),),
        concern=Concern.DATA,
        subject=flow_subject,
    ),
    ChangeKind(
        id="loop-added",
        sentence="A loop is new; risky, because what it holds is performed another number of times.",
        on=_on(What.ADDED),
        when=_loop,
        grades=(Grade.RISKY,),
        judge=always(risky("What it holds is performed once for each item, or never.")),
        message=lambda delta, _scene: with_action("a new loop", delta.part),
        cases=(Case(((OURS, _LOOP + OURS),), "a new loop (loop loopNTimes)"),),
    ),
    ChangeKind(
        id="loop-removed",
        sentence="A loop is gone; risky, because what it held is performed another number of times, or not at all.",
        on=_on(What.REMOVED),
        when=_loop,
        grades=(Grade.RISKY,),
        judge=always(risky("What it held is performed once, or no longer.")),
        message=lambda delta, _scene: with_action("the loop is gone", delta.part),
        cases=(Case((), "the loop is gone (loop loopNTimes)", before=((OURS, _LOOP + OURS),)),),
    ),
    ChangeKind(
        id="step-added",
        sentence="A step is new; risky where nobody knows what it does.",
        on=_on(What.ADDED),
        grades=(Grade.SAFE, Grade.RISKY),
        judge=came,
        message=lambda delta, _scene: with_action("the step is new", delta.part),
        cases=(
            Case((), "the step is new (log writeLog)", before=((f"\n{SAY_ODD}", " []\n"),)),
            Case((), "the step is new (our-own doIt)", before=((OURS, ""),), grade=Grade.RISKY),
        ),
    ),
    ChangeKind(
        id="step-removed",
        sentence="A step that wrote nothing is gone; risky where nobody knows what it did, or where it is still read.",
        on=_on(What.REMOVED),
        grades=(Grade.SAFE, Grade.RISKY),
        judge=went,
        message=lambda delta, _scene: with_action("the step is gone", delta.part),
        cases=(
            Case(((f"\n{SAY_ODD}", " []\n"),), "the step is gone (log writeLog)"),
            Case(((OURS, ""),), "the step is gone (our-own doIt)", grade=Grade.RISKY),
            Case(((_GET, ""),), "the step is gone (http httpGet)", grade=Grade.RISKY),
        ),
    ),
    ChangeKind(
        id="step-renamed",
        sentence="A step has another name; the references that follow are not reported again.",
        on=_on(What.RENAMED),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"was called `{delta.old.name if delta.old else ''}`{following(delta)}",
        cases=(
            Case(
                (
                    ("name: Get Orders", "name: Fetch Orders"),
                    ("value: getOrders.results}", "value: fetchOrders.results}"),
                ),
                "was called `Get Orders`; 1 reference follows",
            ),
        ),
    ),
    ChangeKind(
        id="step-description-changed",
        sentence="The description of a step has other words.",
        on=(_changed("description"),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda _delta, _scene: "other description",
        cases=(Case((("description: Tells the depot.", "description: Tells it."),), "other description"),),
        lines=True,
    ),
    ChangeKind(
        id="step-stable-key-changed",
        sentence="A step has another `stableKey`, by which an import knows it again.",
        on=(_changed("stableKey"),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"stable key: {before_and_after(delta)}",
        cases=(Case((("stableKey: tell\n", "stableKey: say\n"),), "stable key: tell → say"),),
    ),
    ChangeKind(
        id="step-setting-changed",
        sentence="Another setting of a step has another value.",
        on=(_changed(),),
        grades=(Grade.RISKY,),
        judge=always(risky("What it does to the step is not known.")),
        message=lambda delta, _scene: f"setting `{'.'.join(delta.address)}`",
        cases=(
            Case((("stableKey: tell\n", "stableKey: tell\n            color: red\n"),), "setting `color`"),
        ),
        lines=True,
    ),
)
