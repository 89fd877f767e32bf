"""Changes of where steps stand."""

from textwrap import dedent, indent

from xchange_cli.changes.case_steps import CALL, OURS, SAY_ODD
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.facts.positions import (
    container_words,
    is_elsewhere,
    is_in_other_flow,
    moved_across_words,
    moved_words,
)
from xchange_cli.changes.facts.step_judging import (
    data_concern,
    flow_subject,
    moved,
    writing,
)
from xchange_cli.changes.grade import Grade, Judgement, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene

_KEPT = "          valueInput: {type: reference, value: getOrders.results}\n"
_FETCH = """\
          - name: Fetch
            action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
            inputs:
              url: {type: configVar, value: Note}
              responseType: {type: value, value: text}
              headers: {type: complex, value: [{name: X-Api-Key, type: value, value: 'k3y-0f-the-dep0t'}]}
            errorConfig: {errorHandlerType: ignore}
"""
_ROUND = """\
      - name: Round
        action: {key: round, component: {key: math, isPublic: true, version: LATEST}}
"""
_ROUND_ODD = indent(_ROUND, "        ")
_STOP_ODD = """\
              - name: Stop Odd
                action: {key: stopExecution, component: {key: stop-execution, isPublic: true, version: LATEST}}
"""
_MAKE_ODD = """\
              - name: Make Odd
                action: {key: createObject, component: {key: collection-tools, isPublic: true, version: LATEST}}
"""
_USE_ODD = """\
              - name: Use Odd
                action: {key: round, component: {key: math, isPublic: true, version: LATEST}}
                inputs:
                  numberToRound: {type: reference, value: makeOdd.results.odd}
"""
_MOVED = ((What.MOVED, PartKind.STEP, ()),)


def _elsewhere(delta: Delta, scene: Scene) -> Judgement:
    if writing(delta, scene):
        return risky("It writes, and does so on other occasions now.")
    return risky("It is performed on other occasions, or another number of times.")


KINDS = (
    ChangeKind(
        id="step-moved-to-other-flow",
        sentence="A step is part of another flow.",
        on=_MOVED,
        when=is_in_other_flow,
        grades=(Grade.RISKY,),
        judge=_elsewhere,
        message=lambda delta, _scene: (
            f"moved to {container_words(delta.new)}, was in {container_words(delta.old)}"
        ),
        cases=(
            Case(
                ((_FETCH, ""), (_KEPT, _KEPT + indent(dedent(_FETCH), "      "))),
                "moved to the flow `Nightly`, was in the loop `Each`",
            ),
        ),
        concern=data_concern,
        subject=flow_subject,
    ),
    ChangeKind(
        id="step-moved-across",
        sentence="A step was moved into a loop or branch, or out of one.",
        on=_MOVED,
        when=is_elsewhere,
        grades=(Grade.RISKY,),
        judge=_elsewhere,
        message=lambda delta, _scene: moved_across_words(delta),
        cases=(
            Case(
                ((CALL, ""), (SAY_ODD, SAY_ODD + indent(CALL, "        "))),
                "moved to the branch `Odd` of `Which`, was in the flow `Deliver`",
            ),
            Case(
                ((SAY_ODD, "              []\n"), (CALL, indent(dedent(SAY_ODD), "      ") + CALL)),
                "moved out of the branch `Odd` of `Which`",
            ),
        ),
        concern=data_concern,
        subject=flow_subject,
    ),
    ChangeKind(
        id="step-moved",
        sentence="A step stands elsewhere in its list; risky where it writes, ends what it stands in, reads what a step that it "
        "passed writes, or where one of the two reads what the other gives.",
        on=_MOVED,
        grades=(Grade.SAFE, Grade.RISKY),
        judge=moved,
        message=lambda delta, _scene: f"moved: {moved_words(delta)}",
        cases=(
            Case(
                ((SAY_ODD, _ROUND_ODD + SAY_ODD),),
                "moved: first, was behind `Say Odd`",
                before=((SAY_ODD, SAY_ODD + _ROUND_ODD),),
            ),
            Case(
                ((CALL + OURS, OURS + CALL),),
                "moved: behind `Ours`, was behind `Which`",
                grade=Grade.RISKY,
            ),
            Case(
                ((SAY_ODD, SAY_ODD + _STOP_ODD),),
                "moved: behind `Say Odd`, was first",
                before=((SAY_ODD, _STOP_ODD + SAY_ODD),),
                grade=Grade.RISKY,
            ),
            Case(
                ((SAY_ODD, _USE_ODD + _MAKE_ODD + SAY_ODD),),
                "moved: behind `Use Odd`, was first",
                before=((SAY_ODD, _MAKE_ODD + _USE_ODD + SAY_ODD),),
                grade=Grade.RISKY,
            ),
        ),
        concern=data_concern,
        subject=flow_subject,
    ),
)
