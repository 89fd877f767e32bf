"""Changes of what flows keep from run to run."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.facts.effects import effect_of
from xchange_cli.changes.facts.kept_state import KEY, SCOPES, keeps, key_of, lasts, scope_of, users
from xchange_cli.changes.facts.step_judging import answering
from xchange_cli.changes.grade import SAFE, Grade, Judgement, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.words.words import before_and_after
from xchange_cli.components.spec import Effect

_KEEP = """\
      - name: Keep Time
        action: {key: saveInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: lastOrders}
          valueInput: {type: reference, value: getOrders.results}
"""
_READ = """\
      - name: Last Time
        action: {key: getInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: lastOrders}
"""
_COUNT = """\
      - name: Count
        action: {key: incrementInstanceValue, component: {key: persist-data, isPublic: true, version: LATEST}}
        inputs:
          keyInput: {type: value, value: runs}
"""
_LAST_STEP = "          what: {type: value, value: everything}\n"


def _keeps_alone(delta: Delta, scene: Scene) -> bool:
    """Tell a step that came or went, and kept a value that no other step of the old integration keeps or reads."""
    part = delta.part
    if not lasts(part) or effect_of(part, scene.catalog) is not Effect.WRITES or answering(delta, scene):
        return False
    return delta.old is not None or not any(users(part, scene.old))


def _no_longer_kept(delta: Delta, scene: Scene) -> Judgement:
    if any(users(delta.part, scene.new)):
        return risky("Other steps still read it, and find what was kept last.")
    return SAFE


def _other_key(delta: Delta, _scene: Scene) -> Judgement:
    if not lasts(delta.new):
        return SAFE
    return breaking("What deployed instances have kept under the old key is not found.")


def _scope_changed(delta: Delta, _scene: Scene) -> bool:
    return keeps(delta.old) and keeps(delta.new) and scope_of(delta.old) != scope_of(delta.new)


def _other_scope(delta: Delta, _scene: Scene) -> Judgement:
    if not lasts(delta.old):
        return risky("What one run keeps is found by the ones behind it.")
    if not lasts(delta.new):
        return breaking("What a run keeps is forgotten at its end.")
    return breaking("What deployed instances have kept is not found in the other place.")


def _scopes(delta: Delta, _scene: Scene) -> str:
    old, new = (SCOPES.get(scope_of(part), "nothing") for part in (delta.old, delta.new))
    return f"kept for {old} → {new}"


def _key(delta: Delta, _scene: Scene) -> str:
    return key_of(delta.old or delta.new) or delta.part.name


def _keyed(delta: Delta) -> str:
    key = key_of(delta.part)
    return f"`{key}`" if key else "a value"


KINDS = (
    ChangeKind(
        id="state-key-renamed",
        sentence="A value is kept or read under another key; safe where it is kept for one run only.",
        on=((What.CHANGED, PartKind.STEP, ("inputs", KEY)),),
        when=lambda delta, _scene: keeps(delta.old) and keeps(delta.new),
        grades=(Grade.BREAKING, Grade.SAFE),
        judge=_other_key,
        message=lambda delta, _scene: f"key of kept state: {before_and_after(delta)}",
        cases=(
            Case(
                (("value: lastOrders}", "value: newestOrders}"),),
                "key of kept state: lastOrders → newestOrders",
            ),
            Case(
                (
                    ("key: saveInstanceValue", "key: saveExecutionValue"),
                    ("value: lastOrders}", "value: newestOrders}"),
                ),
                "key of kept state: lastOrders → newestOrders",
                before=(("key: saveInstanceValue", "key: saveExecutionValue"),),
                grade=Grade.SAFE,
            ),
        ),
        concern=lambda delta, _scene: Concern.STATE if lasts(delta.new) else Concern.NOBODY,
        subject=_key,
    ),
    ChangeKind(
        id="state-scope-changed",
        sentence="A value is kept for a run, a flow, an instance or an integration, and was for another of them before.",
        on=((What.CHANGED, PartKind.STEP, ("action", "key")), (What.CHANGED, PartKind.STEP, ("action",))),
        when=_scope_changed,
        grades=(Grade.BREAKING, Grade.RISKY),
        judge=_other_scope,
        message=_scopes,
        cases=(
            Case(
                (("key: saveInstanceValue", "key: saveCrossFlowValue"),),
                "kept for the flow → all flows of the instance",
            ),
            Case((("key: saveInstanceValue", "key: saveExecutionValue"),), "kept for the flow → the run"),
            Case(
                (),
                "kept for the run → the flow",
                before=(("key: saveInstanceValue", "key: saveExecutionValue"),),
                grade=Grade.RISKY,
            ),
        ),
        concern=Concern.STATE,
        subject=_key,
    ),
    ChangeKind(
        id="state-key-added",
        sentence="A new step keeps a value under a key that no other step had.",
        on=((What.ADDED, PartKind.STEP, ()),),
        when=_keeps_alone,
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"{_keyed(delta)} is kept for {SCOPES[scope_of(delta.part)]}",
        cases=(Case(((_LAST_STEP, _LAST_STEP + _COUNT),), "`runs` is kept for the flow"),),
    ),
    ChangeKind(
        id="state-key-removed",
        sentence="A step that kept a value is gone; risky where other steps still read it.",
        on=((What.REMOVED, PartKind.STEP, ()),),
        when=_keeps_alone,
        grades=(Grade.SAFE, Grade.RISKY),
        judge=_no_longer_kept,
        message=lambda delta, _scene: f"{_keyed(delta)} is no longer kept for {SCOPES[scope_of(delta.part)]}",
        cases=(
            Case(((_KEEP, ""),), "`lastOrders` is no longer kept for the flow"),
            Case(
                ((_KEEP, _READ),),
                "`lastOrders` is no longer kept for the flow",
                before=((_KEEP, _READ + _KEEP),),
                grade=Grade.RISKY,
            ),
        ),
        concern=Concern.STATE,
        subject=_key,
    ),
)
