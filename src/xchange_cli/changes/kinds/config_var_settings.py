"""Changes of how config variables are shown, and of what else their definition says."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, PartKind
from xchange_cli.changes.facts.input_facts import is_long, is_short
from xchange_cli.changes.facts.variables import VISIBILITY, visibility
from xchange_cli.changes.grade import SAFE, Grade, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.words.words import before_and_after

_NOTE = "{key: Note, dataType: string, defaultValue: ''}"


def _changed(*keys: str) -> tuple[What, PartKind, Address]:
    return What.CHANGED, PartKind.CONFIG_VAR, keys


_VISIBILITY = tuple(_changed(*address) for address in VISIBILITY)


def _is_hidden(delta: Delta, _scene: Scene) -> bool:
    """Tell whether somebody who saw it does no longer."""
    was, sees = visibility(delta.old), visibility(delta.new)
    return any(before and not now for before, now in zip(was, sees, strict=True))


def _input_words(delta: Delta, _scene: Scene) -> str:
    values = f": {before_and_after(delta)}" if is_short(delta) else ""
    return f"input `{delta.address[-1]}` of `{delta.part.name}`{values}"


KINDS = (
    ChangeKind(
        id="config-var-description-changed",
        sentence="The description of a config variable has other words.",
        on=(_changed("description"), _changed("header")),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"other description of `{delta.part.name}`",
        cases=(
            Case(
                (("description: Orders at once", "description: Orders in one request"),),
                "other description of `Page Size`",
            ),
        ),
        lines=True,
    ),
    ChangeKind(
        id="config-var-hidden",
        sentence="A config variable is no longer shown to customers, or to the organisation's own people.",
        on=_VISIBILITY,
        when=_is_hidden,
        grades=(Grade.RISKY,),
        judge=always(risky("Whoever set it until now can no longer see or change it.")),
        message=lambda delta, _scene: f"`{delta.part.name}` is hidden",
        cases=(
            Case(
                ((_NOTE, "{key: Note, dataType: string, defaultValue: '', orgOnly: true}"),),
                "`Note` is hidden",
            ),
        ),
    ),
    ChangeKind(
        id="config-var-shown",
        sentence="A config variable is shown to more people.",
        on=_VISIBILITY,
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"`{delta.part.name}` is shown to more people",
        cases=(
            Case(
                ((_NOTE, "{key: Note, dataType: string, defaultValue: '', orgOnly: false}"),),
                "`Note` is shown to more people",
                before=((_NOTE, "{key: Note, dataType: string, defaultValue: '', orgOnly: true}"),),
            ),
        ),
    ),
    ChangeKind(
        id="config-var-schedule-type-changed",
        sentence="A schedule is set in another way: by minutes, hours, days, weeks, or as cron text.",
        on=(_changed("scheduleType"),),
        grades=(Grade.RISKY,),
        judge=always(risky("A schedule that was set may be shown or read in another way.")),
        message=lambda delta, _scene: f"kind of schedule of `{delta.part.name}`: {before_and_after(delta)}",
        cases=(
            Case(
                (("scheduleType: custom, timeZone: E", "scheduleType: day, timeZone: E"),),
                "kind of schedule of `Hours`: custom → day",
            ),
        ),
        concern=Concern.SCHEDULE,
    ),
    ChangeKind(
        id="config-var-time-zone-changed",
        sentence="The times of a schedule are those of another zone.",
        on=(_changed("timeZone"),),
        grades=(Grade.RISKY,),
        judge=always(risky("A schedule that was set runs at other hours.")),
        message=lambda delta, _scene: f"time zone of `{delta.part.name}`: {before_and_after(delta)}",
        cases=(
            Case(
                (("timeZone: Europe/Berlin", "timeZone: Asia/Tokyo"),),
                "time zone of `Hours`: Europe/Berlin → Asia/Tokyo",
            ),
        ),
        concern=Concern.SCHEDULE,
    ),
    ChangeKind(
        id="config-var-code-language-changed",
        sentence="A config variable takes text of another language.",
        on=(_changed("codeLanguage"),),
        grades=(Grade.RISKY,),
        judge=always(risky("Text that was given is in the old language.")),
        message=lambda delta, _scene: f"language of `{delta.part.name}`: {before_and_after(delta)}",
        cases=(Case((("codeLanguage: json", "codeLanguage: xml"),), "language of `Mapping`: json → xml"),),
        concern=Concern.VALUE_WRONG,
    ),
    ChangeKind(
        id="config-var-user-level-changed",
        sentence="A config variable is set by each user, where it was set once for the customer, or the other way round.",
        on=(_changed("userLevelConfigured"),),
        grades=(Grade.BREAKING,),
        judge=always(breaking("The value has to be given anew, by others than before.")),
        message=lambda delta, _scene: f"`{delta.part.name}` set by each user: {before_and_after(delta)}",
        cases=(
            Case(
                (("description: Orders at once", "description: Orders at once, userLevelConfigured: true"),),
                "`Page Size` set by each user: none → true",
            ),
        ),
        concern=Concern.VALUE_NEEDED,
    ),
    ChangeKind(
        id="config-var-input-changed",
        sentence="The data source of a config variable is given something else.",
        on=(_changed("inputs"),),
        grades=(Grade.RISKY,),
        judge=always(risky("It may offer other values.")),
        message=_input_words,
        cases=(
            Case(
                (("limit: {type: value, value: '10'}", "limit: {type: value, value: '20'}"),),
                "input `limit` of `Channel`: 10 → 20",
            ),
            Case(
                (("limit: {type: value, value: '10'}", f"limit: {{type: value, value: {'all ' * 20}}}"),),
                "input `limit` of `Channel`",
            ),
        ),
        lines=is_long,
    ),
    ChangeKind(
        id="config-var-setting-changed",
        sentence="Another key of a config variable has another value.",
        on=(_changed(),),
        grades=(Grade.RISKY,),
        judge=always(risky("It may be shown, checked or stored in another way.")),
        message=lambda delta, _scene: (
            f"`{'.'.join(delta.address)}` of `{delta.part.name}`: {before_and_after(delta)}"
        ),
        cases=(
            Case(
                (
                    (
                        _NOTE,
                        "{key: Note, dataType: string, defaultValue: '', meta: {dataSourceReset: always}}",
                    ),
                ),
                "`meta.dataSourceReset` of `Note`: none → always",
            ),
        ),
    ),
)
