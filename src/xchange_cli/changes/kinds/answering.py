"""Changes of which step makes the answer of a flow."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, PartKind
from xchange_cli.changes.facts.answers import answers, flow_name
from xchange_cli.changes.facts.positions import container_words, moved_words
from xchange_cli.changes.facts.step_judging import answering, flow_subject, with_action
from xchange_cli.changes.grade import Grade, breaking
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always

_LAST = "              - {name: total, type: reference, value: price.results}\n"
_ROUND = """\
      - name: Round
        action: {key: round, component: {key: math, isPublic: true, version: LATEST}}
"""
_GET = """\
      - name: Get Orders
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: template, value: 'https://shop.test/orders?size={{#Page Size}}'}
"""
_DELIVER = "  - name: Deliver\n"
_OTHER_ANSWER = "Callers wait for the result of the last step, and that is another one now."


def _on(*whats: What) -> tuple[tuple[What, PartKind, Address], ...]:
    return tuple((what, PartKind.STEP, ()) for what in whats)


def _answering_words(delta: Delta, _scene: Scene) -> str:
    match delta.what:
        case What.ADDED:
            return with_action("a new step answers the callers", delta.part)
        case What.REMOVED:
            return with_action("the step that answered the callers is gone", delta.part)
    if flow_name(delta.part) != flow_name(delta.old or delta.part):
        where = f"moved to {container_words(delta.new)}, was in {container_words(delta.old)}"
        return f"{where}; another step answers the callers"
    return f"moved: {moved_words(delta)}; another step answers the callers"


def _flow_of_callers(delta: Delta, scene: Scene) -> str:
    """Name the flow that another step answers; where one has left it that answered, that flow as it was called."""
    is_left = delta.old is not None and delta.new is not None and answers(delta.old)
    return flow_name(delta.old) if is_left and delta.old is not None else flow_subject(delta, scene)


KINDS = (
    ChangeKind(
        id="answering-step-changed",
        sentence="Callers who wait for the result of a flow get that of another step: one came, went or moved.",
        on=_on(What.ADDED, What.REMOVED, What.MOVED),
        when=answering,
        grades=(Grade.BREAKING,),
        judge=always(breaking(_OTHER_ANSWER)),
        message=_answering_words,
        cases=(
            Case(((_LAST, _LAST + _ROUND),), "a new step answers the callers (math round)"),
            Case(
                (),
                "the step that answered the callers is gone (math round)",
                before=((_LAST, _LAST + _ROUND),),
            ),
            Case(
                ((_GET, ""), (_DELIVER, _GET + _DELIVER)),
                "moved to the flow `Incoming`, was in the flow `Nightly`; another step answers the callers",
            ),
        ),
        concern=Concern.CALLER,
        subject=_flow_of_callers,
    ),
)
