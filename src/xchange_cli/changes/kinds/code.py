"""Changes of JavaScript in steps."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.facts.answers import answers, flow_name
from xchange_cli.changes.facts.effects import public_action
from xchange_cli.changes.grade import Grade, Judgement, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene


def _is_code(delta: Delta, _scene: Scene) -> bool:
    return public_action(delta.old)[0] == public_action(delta.new)[0] == "code"


def _judge(delta: Delta, _scene: Scene) -> Judgement:
    if answers(delta.new):
        return risky("What callers get for an answer may differ.")
    return risky("What the step gives may differ.")


KINDS = (
    ChangeKind(
        id="code-changed",
        sentence="The code of a step or trigger is another one.",
        on=((What.CHANGED, PartKind.STEP, ("inputs", "code")),),
        when=_is_code,
        grades=(Grade.RISKY,),
        judge=_judge,
        message=lambda _delta, _scene: "other code",
        cases=(Case((("data: quantity * price }", "data: quantity + price }"),), "other code"),),
        concern=lambda delta, _scene: Concern.CALLER if answers(delta.new) else Concern.NOBODY,
        subject=lambda delta, _scene: flow_name(delta.part),
        lines=True,
    ),
)
