"""Changes of config variables: which there are, and what values they take."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, PartKind
from xchange_cli.changes.facts.variables import keeps_identity, needs_value
from xchange_cli.changes.grade import SAFE, Grade, Judgement, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.words.words import before_and_after, following

_NEEDED = "Every instance and config set needs a value before it can run this."


def _changed(*keys: str) -> tuple[What, PartKind, Address]:
    return What.CHANGED, PartKind.CONFIG_VAR, keys


def _renamed(delta: Delta, scene: Scene) -> Judgement:
    if keeps_identity(delta, scene):
        return SAFE
    return breaking(
        "Values that were given under the old key are not found; `renameAttributes` in the file would keep them."
    )


def _loses_by_name(delta: Delta, _scene: Scene) -> Concern:
    return Concern.VALUE_NEEDED if needs_value(delta.new) else Concern.VALUE_LOST


def _lost_name(delta: Delta, _scene: Scene) -> str:
    """Give the key that needs a value, or else the one whose values are dropped."""
    return delta.part.name if needs_value(delta.new) or delta.old is None else delta.old.name


def _was_called(delta: Delta, _scene: Scene) -> str:
    return f"`{delta.part.name}` was called `{delta.old.name if delta.old else ''}`{following(delta)}"


KINDS = (
    ChangeKind(
        id="config-var-required-added",
        sentence="A config variable is new and has no default.",
        on=((What.ADDED, PartKind.CONFIG_VAR, ()),),
        when=lambda delta, _scene: needs_value(delta.new),
        grades=(Grade.BREAKING,),
        judge=always(breaking(_NEEDED)),
        message=lambda delta, _scene: f"`{delta.part.name}` is new and has no default",
        cases=(
            Case(
                (("requiredConfigVars:\n", "requiredConfigVars:\n  - {key: Depot, dataType: string}\n"),),
                "`Depot` is new and has no default",
            ),
        ),
        concern=Concern.VALUE_NEEDED,
    ),
    ChangeKind(
        id="config-var-optional-added",
        sentence="A config variable is new and has a default.",
        on=((What.ADDED, PartKind.CONFIG_VAR, ()),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"`{delta.part.name}` is new and has a default",
        cases=(
            Case(
                (
                    (
                        "requiredConfigVars:\n",
                        "requiredConfigVars:\n  - {key: Depot, dataType: string, defaultValue: North}\n",
                    ),
                ),
                "`Depot` is new and has a default",
            ),
        ),
    ),
    ChangeKind(
        id="config-var-removed",
        sentence="A config variable is gone.",
        on=((What.REMOVED, PartKind.CONFIG_VAR, ()),),
        grades=(Grade.RISKY,),
        judge=always(risky("Values that were given for it are dropped.")),
        message=lambda delta, _scene: f"`{delta.part.name}` is gone",
        cases=(Case((("  - {key: Note, dataType: string, defaultValue: ''}\n", ""),), "`Note` is gone"),),
        concern=Concern.VALUE_LOST,
    ),
    ChangeKind(
        id="config-var-renamed",
        sentence="A config variable has another key, which is its identity; `renameAttributes` or a `stableKey` keep it.",
        on=((What.RENAMED, PartKind.CONFIG_VAR, ()),),
        grades=(Grade.BREAKING, Grade.SAFE),
        judge=_renamed,
        message=_was_called,
        cases=(
            Case(
                (
                    ("{type: configVar, value: Region}", "{type: configVar, value: Area}"),
                    ("key: Region", "key: Area"),
                ),
                "`Area` was called `Region`; 1 reference follows",
            ),
            Case(
                (
                    ("{type: configVar, value: Region}", "{type: configVar, value: Area}"),
                    ("key: Region", "key: Area"),
                    (
                        "category: ERP",
                        (
                            "category: ERP\n"
                            "renameAttributes: {requiredConfigVars: [{oldName: Region, newName: Area}]}"
                        ),
                    ),
                ),
                "`Area` was called `Region`; 1 reference follows",
                grade=Grade.SAFE,
            ),
        ),
        concern=_loses_by_name,
        subject=_lost_name,
    ),
    ChangeKind(
        id="config-var-type-changed",
        sentence="A config variable takes values of another type.",
        on=(_changed("dataType"),),
        grades=(Grade.BREAKING,),
        judge=always(breaking("Values that were given are of the old type.")),
        message=lambda delta, _scene: f"type of `{delta.part.name}`: {before_and_after(delta)}",
        cases=(
            Case(
                (("{key: Page Size, dataType: number,", "{key: Page Size, dataType: string,"),),
                "type of `Page Size`: number → string",
            ),
        ),
        concern=Concern.VALUE_WRONG,
    ),
    ChangeKind(
        id="config-var-collection-changed",
        sentence="A config variable takes a list, keys with values, or a single value, where it took another of these.",
        on=(_changed("collectionType"),),
        grades=(Grade.BREAKING,),
        judge=always(breaking("Values that were given have the old form.")),
        message=lambda delta, _scene: f"collection of `{delta.part.name}`: {before_and_after(delta)}",
        cases=(
            Case(
                (("collectionType: valuelist", "collectionType: keyvaluelist"),),
                "collection of `Channels`: valuelist → keyvaluelist",
            ),
        ),
        concern=Concern.VALUE_WRONG,
    ),
    ChangeKind(
        id="config-var-became-required",
        sentence="A config variable lost its default.",
        on=(_changed("defaultValue"),),
        when=lambda delta, _scene: needs_value(delta.new) and not needs_value(delta.old),
        grades=(Grade.BREAKING,),
        judge=always(breaking("Instances and config sets that relied on the default need a value.")),
        message=lambda delta, _scene: f"`{delta.part.name}` has no default any more",
        cases=(
            Case(
                (
                    (
                        "{key: Page Size, dataType: number, defaultValue: '50',",
                        "{key: Page Size, dataType: number,",
                    ),
                ),
                "`Page Size` has no default any more",
            ),
        ),
        concern=Concern.VALUE_NEEDED,
    ),
    ChangeKind(
        id="config-var-became-optional",
        sentence="A config variable got a default.",
        on=(_changed("defaultValue"),),
        when=lambda delta, _scene: needs_value(delta.old) and not needs_value(delta.new),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"`{delta.part.name}` has a default now",
        cases=(
            Case(
                (
                    (
                        "{key: Note, dataType: string, defaultValue: ''}",
                        "{key: Note, dataType: string, defaultValue: x}",
                    ),
                ),
                "`Note` has a default now",
            ),
        ),
    ),
    ChangeKind(
        id="config-var-default-changed",
        sentence="The default of a config variable is another one.",
        on=(_changed("defaultValue"),),
        grades=(Grade.RISKY,),
        judge=always(risky("Instances without a value of their own get the new one.")),
        message=lambda delta, _scene: f"default of `{delta.part.name}`: {before_and_after(delta)}",
        cases=(Case((("defaultValue: '50'", "defaultValue: '100'"),), "default of `Page Size`: 50 → 100"),),
    ),
)
