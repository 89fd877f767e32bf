"""Changes of what a config variable can be chosen from."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, PartKind
from xchange_cli.changes.grade import SAFE, Grade, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.words.words import before_and_after

_CHOICES = (What.CHANGED, PartKind.CONFIG_VAR, ("pickList",))
_BASE = "pickList: [EU, US, APAC]"


def _source(*keys: str) -> tuple[What, PartKind, Address]:
    return What.CHANGED, PartKind.CONFIG_VAR, ("dataSource", *keys)


def _is_choice(delta: Delta) -> bool:
    return len(delta.address) > 1


def _came(delta: Delta, _scene: Scene) -> bool:
    return delta.old_value is None


def _went(delta: Delta, _scene: Scene) -> bool:
    return delta.new_value is None


KINDS = (
    ChangeKind(
        id="config-var-choice-removed",
        sentence="A value can no longer be chosen.",
        on=(_CHOICES,),
        when=lambda delta, scene: _is_choice(delta) and _went(delta, scene),
        grades=(Grade.BREAKING,),
        judge=always(breaking("Instances that chose it have a value that is not offered.")),
        message=lambda delta, _scene: f"`{delta.part.name}` can no longer be `{delta.address[-1]}`",
        cases=(Case(((_BASE, "pickList: [EU, US]"),), "`Region` can no longer be `APAC`"),),
        concern=Concern.VALUE_WRONG,
    ),
    ChangeKind(
        id="config-var-choice-added",
        sentence="Another value can be chosen.",
        on=(_CHOICES,),
        when=lambda delta, scene: _is_choice(delta) and _came(delta, scene),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"`{delta.part.name}` can be `{delta.address[-1]}`",
        cases=(Case(((_BASE, "pickList: [EU, US, APAC, UK]"),), "`Region` can be `UK`"),),
    ),
    ChangeKind(
        id="config-var-choices-limited",
        sentence="A config variable that took any value has a list of choices.",
        on=(_CHOICES,),
        when=_came,
        grades=(Grade.BREAKING,),
        judge=always(breaking("Values that were given may not be among the choices.")),
        message=lambda delta, _scene: f"`{delta.part.name}` has to be one of {before_and_after(delta)[7:]}",
        cases=(
            Case(
                ((f"{_BASE}, ", "pickList: [EU, US, APAC], "),),
                "`Region` has to be one of [EU, US, APAC]",
                before=((f"{_BASE}, ", ""),),
            ),
        ),
        concern=Concern.VALUE_WRONG,
    ),
    ChangeKind(
        id="config-var-choices-freed",
        sentence="A config variable has no list of choices any more.",
        on=(_CHOICES,),
        when=_went,
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"`{delta.part.name}` has no list of choices any more",
        cases=(Case(((f"{_BASE}, ", ""),), "`Region` has no list of choices any more"),),
    ),
    ChangeKind(
        id="config-var-choices-reordered",
        sentence="The same values can be chosen, in another order.",
        on=(_CHOICES,),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"the choices of `{delta.part.name}` are in another order",
        cases=(Case(((_BASE, "pickList: [APAC, EU, US]"),), "the choices of `Region` are in another order"),),
    ),
    ChangeKind(
        id="config-var-data-source-added",
        sentence="What can be chosen comes from a data source, which it did not until now.",
        on=(_source(),),
        when=_came,
        grades=(Grade.RISKY,),
        judge=always(risky("A value that was given may not be among what the data source offers.")),
        message=lambda delta, _scene: f"`{delta.part.name}` is filled by a data source",
        cases=(
            Case(
                (
                    (
                        "{key: Note, dataType: string, defaultValue: ''}",
                        (
                            "{key: Note, dataType: string, defaultValue: '', dataSource: {key: selectUsers, "
                            "component: {key: slack, isPublic: true, version: LATEST}}}"
                        ),
                    ),
                ),
                "`Note` is filled by a data source",
            ),
        ),
    ),
    ChangeKind(
        id="config-var-data-source-removed",
        sentence="What can be chosen no longer comes from a data source.",
        on=(_source(),),
        when=_went,
        grades=(Grade.RISKY,),
        judge=always(risky("Whoever sets it has to know the value.")),
        message=lambda delta, _scene: f"`{delta.part.name}` is no longer filled by a data source",
        cases=(
            Case(
                (
                    (
                        (
                            "    dataSource: {key: selectChannels, "
                            "component: {key: slack, isPublic: true, version: LATEST}}\n"
                        ),
                        "",
                    ),
                ),
                "`Channel` is no longer filled by a data source",
            ),
        ),
    ),
    ChangeKind(
        id="config-var-data-source-changed",
        sentence="What can be chosen comes from another data source, or another version of its component.",
        on=(_source(),),
        grades=(Grade.RISKY,),
        judge=always(risky("Values that were chosen may not be among what it offers now.")),
        message=lambda delta, _scene: f"data source of `{delta.part.name}`: {before_and_after(delta)}",
        cases=(
            Case(
                (("dataSource: {key: selectChannels,", "dataSource: {key: selectUsers,"),),
                "data source of `Channel`: selectChannels → selectUsers",
            ),
        ),
    ),
)
