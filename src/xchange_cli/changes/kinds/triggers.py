"""Changes of triggers: which there are, and what they are called."""

from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.facts.effects import is_trigger
from xchange_cli.changes.facts.flow_facts import who_started
from xchange_cli.changes.facts.step_judging import flow_subject, trigger, with_action
from xchange_cli.changes.grade import SAFE, Grade, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.words.words import following

_NIGHT = """\
      - name: Every Night
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        inputs: {}
        schedule: {type: value, value: 0 2 * * *, meta: {scheduleType: custom, timeZone: ''}}
"""


def _mark(delta: Delta, _scene: Scene) -> str:
    return "is a trigger now" if delta.new is not None and is_trigger(delta.new) else "is no longer a trigger"


KINDS = (
    ChangeKind(
        id="trigger-added",
        sentence="A flow that had no trigger has one.",
        on=((What.ADDED, PartKind.STEP, ()),),
        when=trigger,
        grades=(Grade.RISKY,),
        judge=always(risky("The flow was never started, and is now.")),
        message=lambda delta, _scene: with_action("the trigger is new", delta.part),
        cases=(Case((), "the trigger is new (schedule-triggers schedule)", before=((_NIGHT, ""),)),),
    ),
    ChangeKind(
        id="trigger-removed",
        sentence="The trigger of a flow is gone.",
        on=((What.REMOVED, PartKind.STEP, ()),),
        when=trigger,
        grades=(Grade.BREAKING,),
        judge=always(breaking("What started the flow until now no longer does.")),
        message=lambda delta, _scene: with_action("the trigger is gone", delta.part),
        cases=(Case(((_NIGHT, ""),), "the trigger is gone (schedule-triggers schedule)"),),
        concern=who_started,
        subject=flow_subject,
    ),
    ChangeKind(
        id="trigger-renamed",
        sentence="A trigger has another name; the references that follow are not reported again.",
        on=((What.RENAMED, PartKind.STEP, ()),),
        when=trigger,
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"was called `{delta.old.name if delta.old else ''}`{following(delta)}",
        cases=(
            Case(
                (
                    ("      - name: Goods\n", "      - name: New Goods\n"),
                    ("value: goods.results.body.data.lines}", "value: newGoods.results.body.data.lines}"),
                    ("value: goods.results.body.data.size}", "value: newGoods.results.body.data.size}"),
                    ("value: goods.results.body.data.odd}", "value: newGoods.results.body.data.odd}"),
                    ("{{$goods.results", "{{$newGoods.results"),
                ),
                "was called `Goods`; 4 references follow",
            ),
        ),
    ),
    ChangeKind(
        id="trigger-mark-changed",
        sentence="A step is marked as the trigger, or no longer is.",
        on=((What.CHANGED, PartKind.STEP, ("isTrigger",)),),
        grades=(Grade.BREAKING,),
        judge=always(breaking("What started the flow until now no longer does.")),
        message=_mark,
        cases=(
            Case(
                (("        stableKey: goods\n        isTrigger: true\n", "        stableKey: goods\n"),),
                "is no longer a trigger",
            ),
        ),
        concern=who_started,
        subject=flow_subject,
    ),
)
