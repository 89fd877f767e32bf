"""Changes of branches and loops: which there are, and what chooses and repeats them."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.facts.branch_inputs import chosen_by, otherwise_chosen
from xchange_cli.changes.facts.effects import is_loop, spec_of, writing_steps
from xchange_cli.changes.facts.positions import moved_words
from xchange_cli.changes.facts.step_judging import data_concern, flow_subject, names
from xchange_cli.changes.grade import SAFE, Grade, Judgement, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.words.words import before_and_after, following

_INPUTS = ((What.CHANGED, PartKind.STEP, ("inputs",)),)
_LARGE_STEP = """\
              - name: Put Away
                action: {key: putObject, component: {key: aws-s3, isPublic: true, version: LATEST}}
                inputs:
                  bucket: {type: value, value: goods}
                  objectKey: {type: template, value: 'large/{{$goods.results.body.data.id}}'}
"""
_ODD_STEP = """\
              - name: Say Odd
                action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
                inputs:
                  message: {type: value, value: odd goods}
"""
_LARGE = f"          - name: Large\n            steps:\n{_LARGE_STEP}"
_ODD = f"          - name: Odd\n            steps:\n{_ODD_STEP}"
_IF_LARGE = (
    "              - {name: Large, type: complex, value: [and, [greaterThan, "
    "{type: reference, value: goods.results.body.data.size}, {type: value, value: '1000'}]]}\n"
)
_IF_ODD = (
    "              - {name: Odd, type: complex, value: [and, [isTrue, "
    "{type: reference, value: goods.results.body.data.odd}]]}\n"
)
_ITEMS = "goods.results.body.data.lines"


def _removed(delta: Delta, scene: Scene) -> Judgement:
    if writing_steps(delta, scene):
        return breaking("What it wrote is no longer written.")
    return risky("What chose it takes another branch, or none.")


def _removed_words(delta: Delta, scene: Scene) -> str:
    found = writing_steps(delta, scene)
    return f"the branch `{delta.part.name}` is gone" + (
        f", with steps that wrote: {names(found)}" if found else ""
    )


def _added_words(delta: Delta, scene: Scene) -> str:
    found = writing_steps(delta, scene)
    return f"the branch `{delta.part.name}` is new" + (
        f", with steps that write: {names(found)}" if found else ""
    )


def _chooses(delta: Delta, scene: Scene) -> bool:
    """Tell an input that chooses among the branches of a step."""
    if not delta.part.children.get("branches"):
        return False
    spec = spec_of(delta.part, scene.catalog)
    named = spec.branch_input if spec is not None else ""
    return (
        delta.address[1:] == (named,)
        or bool(chosen_by(delta.new_value) and not named)
        or _is_chosen_value(delta)
    )


def _is_chosen_value(delta: Delta) -> bool:
    return delta.address[1:] == ("inputValue",)


def _condition(delta: Delta, _scene: Scene) -> str:
    if _is_chosen_value(delta):
        return f"what chooses the branch: {before_and_after(delta)}"
    listed = otherwise_chosen(delta)
    return f"other condition of {', '.join(f'`{name}`' for name in listed)}" if listed else "other conditions"


KINDS = (
    ChangeKind(
        id="branch-added",
        sentence="A step has a new branch.",
        on=((What.ADDED, PartKind.BRANCH, ()),),
        grades=(Grade.RISKY,),
        judge=always(risky("It is chosen in cases that took another branch until now.")),
        message=_added_words,
        cases=(
            Case((), "the branch `Odd` is new", before=((_ODD, ""), (_IF_ODD, ""))),
            Case(
                (),
                "the branch `Large` is new, with steps that write: `Put Away`",
                before=((_LARGE, ""), (_IF_LARGE, "")),
            ),
        ),
        concern=data_concern,
        subject=flow_subject,
    ),
    ChangeKind(
        id="branch-removed",
        sentence="A branch of a step is gone; breaking where steps that wrote are gone with it.",
        on=((What.REMOVED, PartKind.BRANCH, ()),),
        grades=(Grade.RISKY, Grade.BREAKING),
        judge=_removed,
        message=_removed_words,
        cases=(
            Case(((_ODD, ""), (_IF_ODD, "")), "the branch `Odd` is gone"),
            Case(
                ((_LARGE, ""), (_IF_LARGE, "")),
                "the branch `Large` is gone, with steps that wrote: `Put Away`",
                grade=Grade.BREAKING,
            ),
        ),
        concern=data_concern,
        subject=flow_subject,
    ),
    ChangeKind(
        id="branch-renamed",
        sentence="A branch has another name; the conditions that follow are not reported again.",
        on=((What.RENAMED, PartKind.BRANCH, ()),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: (
            f"the branch `{delta.part.name}` was called `{delta.old.name if delta.old else ''}`{following(delta)}"
        ),
        cases=(
            Case(
                (("- name: Large\n", "- name: Big\n"), ("{name: Large,", "{name: Big,")),
                "the branch `Big` was called `Large`; 1 reference follows",
            ),
        ),
    ),
    ChangeKind(
        id="branch-moved",
        sentence="The branches of a step are tried in another order; the first one that fits is taken.",
        on=((What.MOVED, PartKind.BRANCH, ()),),
        grades=(Grade.RISKY,),
        judge=always(risky("Where two branches fit, another one is taken.")),
        message=lambda delta, _scene: f"the branch `{delta.part.name}` is tried {moved_words(delta)}",
        cases=(
            Case(
                ((_LARGE + _ODD, _ODD + _LARGE), (_IF_LARGE + _IF_ODD, _IF_ODD + _IF_LARGE)),
                "the branch `Odd` is tried first, was behind `Large`",
            ),
        ),
    ),
    ChangeKind(
        id="branch-setting-changed",
        sentence="Another setting of a branch has another value.",
        on=((What.CHANGED, PartKind.BRANCH, ()),),
        grades=(Grade.RISKY,),
        judge=always(risky("What it does to the branch is not known.")),
        message=lambda delta, _scene: (
            f"setting `{'.'.join(delta.address)}` of the branch `{delta.part.name}`"
        ),
        cases=(
            Case(
                (("{name: Else, steps: []}", "{name: Else, steps: [], color: red}"),),
                "setting `color` of the branch `Else`",
            ),
        ),
        lines=True,
    ),
    ChangeKind(
        id="condition-changed",
        sentence="A branch is chosen by another condition or value.",
        on=_INPUTS,
        when=_chooses,
        grades=(Grade.RISKY,),
        judge=always(risky("Other cases take the branch than until now.")),
        message=_condition,
        cases=(
            Case((("value: '1000'}", "value: '500'}"),), "other condition of `Large`"),
            Case((("[greaterThan, ", "[lessThan, "),), "other condition of `Large`"),
        ),
        lines=lambda delta: not _is_chosen_value(delta),
    ),
    ChangeKind(
        id="loop-source-changed",
        sentence="A loop repeats its steps for other items, or another number of times.",
        on=_INPUTS,
        when=lambda delta, _scene: is_loop(delta.part),
        grades=(Grade.RISKY,),
        judge=always(risky("What it holds is performed for other items, or another number of times.")),
        message=lambda delta, _scene: (
            f"`{'.'.join(delta.address[1:])}` of the loop: {before_and_after(delta)}"
        ),
        cases=(
            Case(
                ((f"value: {_ITEMS}}}", f"value: {_ITEMS}.0.parts}}"),),
                f"`items` of the loop: {_ITEMS} → {_ITEMS}.0.parts",
            ),
        ),
        concern=Concern.NOBODY,
    ),
)
