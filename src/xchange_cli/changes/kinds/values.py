"""Changes of the values of inputs that no other row is about: where they come from, and what they are."""

from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.facts.input_facts import (
    data_concern,
    is_long,
    is_reference,
    is_set,
    is_written_out,
    key_of,
    only_talks,
    uses_config,
    writes_now,
)
from xchange_cli.changes.facts.input_words import named
from xchange_cli.changes.facts.step_judging import flow_subject
from xchange_cli.changes.grade import SAFE, Grade, Judgement, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always

_ON = ((What.CHANGED, PartKind.STEP, ("inputs",)),)


def _from_elsewhere(delta: Delta, _scene: Scene) -> bool:
    """Tell a value that is now taken from another step, or another part of its result."""
    return is_reference(delta.new_value) and (
        is_reference(delta.old_value) or not uses_config(delta.old_value)
    )


def _config_used(delta: Delta, _scene: Scene) -> bool:
    return uses_config(delta.new_value) and is_written_out(delta.old_value)


def _config_dropped(delta: Delta, _scene: Scene) -> bool:
    return uses_config(delta.old_value) and not uses_config(delta.new_value)


def _effect(delta: Delta, scene: Scene) -> Judgement:
    """Judge a value by what its step does with it."""
    if only_talks(delta):
        return SAFE
    if writes_now(delta, scene):
        return risky("What the step writes, or how it does, may differ.")
    return risky("What the step gives may differ.")


KINDS = (
    ChangeKind(
        id="step-config-used",
        sentence="A value that stood in the file comes from a config variable.",
        on=_ON,
        when=_config_used,
        grades=(Grade.RISKY,),
        judge=always(risky("Each instance uses its own value from now on.")),
        message=named("comes from a config variable"),
        cases=(
            Case(
                (
                    (
                        "responseType: {type: value, value: text}",
                        "responseType: {type: configVar, value: Region}",
                    ),
                ),
                "`responseType` comes from a config variable: text → config variable Region",
            ),
        ),
        concern=data_concern,
        subject=flow_subject,
        lines=is_long,
    ),
    ChangeKind(
        id="step-config-dropped",
        sentence="A value no longer comes from a config variable.",
        on=_ON,
        when=_config_dropped,
        grades=(Grade.RISKY,),
        judge=always(risky("What instances have set no longer counts here.")),
        message=named("no longer comes from a config variable"),
        cases=(
            Case(
                (("url: {type: configVar, value: Note}", "url: {type: value, value: 'https://shop.test'}"),),
                "`url` no longer comes from a config variable: config variable Note → https://shop.test",
            ),
        ),
        concern=data_concern,
        subject=flow_subject,
        lines=is_long,
    ),
    ChangeKind(
        id="step-reference-changed",
        sentence="A value comes from another step, or from another part of its result.",
        on=_ON,
        when=_from_elsewhere,
        grades=(Grade.RISKY, Grade.SAFE),
        judge=_effect,
        message=lambda delta, _scene: f"`{key_of(delta)}` comes from elsewhere",
        cases=(
            Case(
                (("value: getOrders.results}", "value: everyNight.results}"),),
                "`valueInput` comes from elsewhere",
            ),
            Case(
                (
                    (
                        "message: {type: value, value: odd goods}",
                        "message: {type: reference, value: goods.results}",
                    ),
                ),
                "`message` comes from elsewhere",
                grade=Grade.SAFE,
            ),
        ),
        concern=data_concern,
        subject=flow_subject,
        lines=True,
    ),
    ChangeKind(
        id="writing-input-changed",
        sentence="A step writes something else.",
        on=_ON,
        when=writes_now,
        grades=(Grade.RISKY, Grade.SAFE),
        judge=_effect,
        message=named(),
        cases=(
            Case(
                (("timeout: {type: value, value: '700'}", "timeout: {type: value, value: '800'}"),),
                "`timeout`: 700 → 800",
            ),
            Case(
                (
                    (
                        "[{name: Accept, type: value, value: json}]",
                        "[{name: Accept, type: value, value: xml}]",
                    ),
                ),
                "`headers`",
            ),
            Case(
                (("debugRequest: {type: value, value: 'true'}", "debugRequest: {type: value, value: 'no'}"),),
                "`debugRequest`: true → no",
                grade=Grade.SAFE,
            ),
        ),
        concern=data_concern,
        subject=flow_subject,
        lines=is_long,
    ),
    ChangeKind(
        id="step-input-added",
        sentence="An input of a step that writes nothing has a value, and had none.",
        on=_ON,
        when=lambda delta, _scene: not is_set(delta.old_value),
        grades=(Grade.RISKY, Grade.SAFE),
        judge=_effect,
        message=named("has a value now"),
        cases=(
            Case(
                (
                    (
                        "responseType: {type: value, value: text}",
                        "responseType: {type: value, value: text}\n              timeout: {type: value, value: '9'}",
                    ),
                ),
                "`timeout` has a value now: none → 9",
            ),
            Case(
                (
                    (
                        "message: {type: value, value: odd goods}",
                        "message: {type: value, value: odd goods}\n                  level: {type: value, value: warn}",
                    ),
                ),
                "`level` has a value now: none → warn",
                grade=Grade.SAFE,
            ),
        ),
        lines=is_long,
    ),
    ChangeKind(
        id="step-input-removed",
        sentence="An input of a step that writes nothing has no value, and had one.",
        on=_ON,
        when=lambda delta, _scene: not is_set(delta.new_value),
        grades=(Grade.RISKY, Grade.SAFE),
        judge=_effect,
        message=named("has no value now"),
        cases=(
            Case(
                (("              responseType: {type: value, value: text}\n", ""),),
                "`responseType` has no value now: text → none",
            ),
            Case(
                (("{type: value, value: odd goods}", "{type: value, value: ''}"),),
                "`message` has no value now: odd goods → none",
                grade=Grade.SAFE,
            ),
        ),
        lines=is_long,
    ),
    ChangeKind(
        id="step-input-changed",
        sentence="An input of a step that writes nothing has another value.",
        on=_ON,
        grades=(Grade.RISKY, Grade.SAFE),
        judge=_effect,
        message=named(),
        cases=(
            Case(
                (("responseType: {type: value, value: text}", "responseType: {type: value, value: json}"),),
                "`responseType`: text → json",
            ),
            Case((("odd goods", "strange goods"),), "`message`: odd goods → strange goods", grade=Grade.SAFE),
        ),
        lines=is_long,
    ),
)
