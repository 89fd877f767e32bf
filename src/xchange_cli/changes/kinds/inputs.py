"""Changes of what steps are given."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.facts.answers import flow_name, shapes_answer
from xchange_cli.changes.facts.effects import is_trigger
from xchange_cli.changes.facts.flow_facts import is_called, who_started
from xchange_cli.changes.facts.input_facts import (
    data_concern,
    is_connection,
    is_constant,
    is_destination,
    is_flow,
    is_long,
    is_short,
    key_of,
    writes_now,
)
from xchange_cli.changes.facts.input_words import before_and_after, named
from xchange_cli.changes.facts.step_judging import flow_subject
from xchange_cli.changes.grade import Grade, Judgement, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.secrets import is_secret
from xchange_cli.changes.words.readable import has_same_form

_ON = ((What.CHANGED, PartKind.STEP, ("inputs",)),)
_NO_WORDS = frozenset({"statusCode", "contentType", "headers"})
"""Parts of an answer that programs go by."""

_THANKS = "              - {name: thanks, type: value, value: 'Thanks, see you soon'}\n"
_LAST = "              - {name: total, type: reference, value: price.results}\n"
_URL = "'https://depot.test/goods'"


def _secret(delta: Delta, scene: Scene) -> bool:
    return any(part and is_secret(part, delta.address, scene.catalog) for part in (delta.old, delta.new))


def _answer(delta: Delta, scene: Scene) -> bool:
    if not any(part and is_called(part, scene.catalog) for part in (delta.old, delta.new)):
        return False
    return any(shapes_answer(part, key_of(delta), scene.catalog) for part in (delta.old, delta.new))


def _destination(delta: Delta, scene: Scene) -> bool:
    return writes_now(delta, scene) and is_destination(key_of(delta))


def _writes_elsewhere(delta: Delta, _scene: Scene) -> str:
    values = f" {before_and_after(delta)}" if is_short(delta) else ""
    return f"writes elsewhere: `{key_of(delta)}`{values}"


def _answers(delta: Delta, _scene: Scene) -> str:
    values = f" {before_and_after(delta)}" if is_short(delta) else ""
    return f"answer to callers: `{key_of(delta)}`{values}"


def _other_answer(delta: Delta, _scene: Scene) -> Judgement:
    if key_of(delta) not in _NO_WORDS and has_same_form(delta.told_old_value, delta.new_value):
        return risky("Callers that read the answer get other words.")
    return breaking("Callers that read the answer get another one.")


def _goes_elsewhere(delta: Delta, _scene: Scene) -> Judgement:
    if is_constant(delta.old_value) and is_constant(delta.new_value):
        return breaking("It writes to another place; whoever reads at the old one finds nothing new.")
    return risky("It may write to another place.")


KINDS = (
    ChangeKind(
        id="secret-input-changed",
        sentence="A secret that stands in an input of a step is another one; it is not shown.",
        on=_ON,
        when=_secret,
        grades=(Grade.RISKY,),
        judge=always(risky("The step signs in with, or checks, another secret.")),
        message=lambda delta, _scene: f"secret `{key_of(delta)}` (not shown)",
        cases=(
            Case(
                (
                    (
                        "{type: value, value: orders/create}",
                        "{type: value, value: orders/create}\n          secret_key: {type: value, value: pa55-w0rd-of-mine}",
                    ),
                ),
                "secret `secret_key` (not shown)",
            ),
        ),
    ),
    ChangeKind(
        id="response-shape-changed",
        sentence="Callers of a flow get another answer: of its trigger, or of the step that is performed last; risky where only the "
        "words of a text differ.",
        on=_ON,
        when=_answer,
        grades=(Grade.BREAKING, Grade.RISKY),
        judge=_other_answer,
        message=_answers,
        cases=(
            Case(
                (("statusCode: {type: value, value: '200'}", "statusCode: {type: value, value: '202'}"),),
                "answer to callers: `statusCode` 200 → 202",
            ),
            Case((("{name: total,", "{name: sum,"),), "answer to callers: `keyValueInput`"),
            Case(
                ((_LAST, _LAST + _THANKS.replace("Thanks", "Hello")),),
                "answer to callers: `keyValueInput`",
                before=((_LAST, _LAST + _THANKS),),
                grade=Grade.RISKY,
            ),
        ),
        concern=Concern.CALLER,
        subject=lambda delta, _scene: flow_name(delta.part),
        lines=is_long,
    ),
    ChangeKind(
        id="trigger-input-changed",
        sentence="A trigger is given something else.",
        on=_ON,
        when=lambda delta, _scene: is_trigger(delta.part),
        grades=(Grade.RISKY,),
        judge=always(risky("The flow may be started by other events, or get other data.")),
        message=named(),
        cases=(
            Case(
                (("value: orders/create}", "value: orders/paid}"),),
                "`webhookTopic`: orders/create → orders/paid",
            ),
        ),
        concern=who_started,
        subject=flow_subject,
        lines=is_long,
    ),
    ChangeKind(
        id="called-flow-changed",
        sentence="A step calls another flow.",
        on=_ON,
        when=is_flow,
        grades=(Grade.RISKY,),
        judge=always(risky("What the flow that was called did is not done, and something else is.")),
        message=lambda delta, _scene: f"calls another flow: {before_and_after(delta)}",
        cases=(Case((("value: Nightly}", "value: Incoming}"),), "calls another flow: Nightly → Incoming"),),
    ),
    ChangeKind(
        id="step-connection-changed",
        sentence="A step uses another connection.",
        on=_ON,
        when=is_connection,
        grades=(Grade.RISKY,),
        judge=always(risky("It works in another account, or with other rights.")),
        message=lambda delta, _scene: f"another connection: {before_and_after(delta)}".replace(
            "config variable ", ""
        ),
        cases=(Case((("value: Depot Access}", "value: Shop}"),), "another connection: Depot Access → Shop"),),
        concern=data_concern,
        subject=flow_subject,
    ),
    ChangeKind(
        id="destination-changed",
        sentence="A step writes to another place, such as another URL, table or bucket.",
        on=_ON,
        when=_destination,
        grades=(Grade.BREAKING, Grade.RISKY),
        judge=_goes_elsewhere,
        message=_writes_elsewhere,
        cases=(
            Case(
                ((_URL, "'https://depot.test/parcels'"),),
                "writes elsewhere: `url` https://depot.test/goods → https://depot.test/parcels",
            ),
            Case(
                (("large/{{$goods", "huge/{{$goods"),),
                "writes elsewhere: `objectKey` large/{{$goods.results.body.data.id}} → huge/{{$goods.results.body.data.id}}",
                grade=Grade.RISKY,
            ),
        ),
        concern=Concern.DATA,
        subject=flow_subject,
        lines=is_long,
    ),
)
