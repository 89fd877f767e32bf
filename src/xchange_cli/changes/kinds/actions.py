"""Changes of what a step performs: its component, its action, and their version."""

from collections.abc import Callable

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.facts.effects import action_of, action_words, is_trigger, is_unknown, writes
from xchange_cli.changes.facts.flow_facts import who_started
from xchange_cli.changes.facts.kept_state import keeps
from xchange_cli.changes.facts.step_judging import flow_subject
from xchange_cli.changes.grade import Grade, Judgement, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.model.integration import ActionRef

_LATEST = "LATEST"
_VERSION = "component: {key: http, isPublic: true, version: 7}"


def _on(*keys: str) -> tuple[tuple[What, PartKind, tuple[str, ...]], ...]:
    return ((What.CHANGED, PartKind.STEP, ("action", *keys)),)


def _refs(delta: Delta) -> tuple[ActionRef | None, ActionRef | None]:
    return action_of(delta.old), action_of(delta.new)


def _has_other_component(delta: Delta, _scene: Scene) -> bool:
    old, new = _refs(delta)
    return (old.component if old else "") != (new.component if new else "")


def _has_other_action(delta: Delta, scene: Scene) -> bool:
    old, new = _refs(delta)
    return _has_other_component(delta, scene) or (old.key if old else "") != (new.key if new else "")


def _starts_otherwise(delta: Delta, scene: Scene) -> bool:
    return is_trigger(delta.part) and _has_other_action(delta, scene)


def _keeps_otherwise(delta: Delta, scene: Scene) -> bool:
    return keeps(delta.old) and keeps(delta.new) and _has_other_action(delta, scene)


def _is_in_other_space(delta: Delta, _scene: Scene) -> bool:
    old, new = _refs(delta)
    return old is not None and new is not None and old.is_public is not new.is_public


def _performs(delta: Delta, scene: Scene) -> Judgement:
    """Judge another action by what the old one wrote and the new one writes."""
    assert delta.old is not None
    assert delta.new is not None
    old, new = (writes(part, scene.catalog) for part in (delta.old, delta.new))
    if old and (not new or _has_other_component(delta, scene)):
        return breaking("What it wrote is written no longer, or elsewhere.")
    if new and not old:
        return risky("It writes now: data goes where it did not go before.")
    if is_unknown(delta.new, scene.catalog):
        return risky("What it does is not known; it may write.")
    return risky("What the step does, and what it gives, may differ.")


def _concern(delta: Delta, scene: Scene) -> Concern:
    parts = (delta.old, delta.new)
    return Concern.DATA if any(part and writes(part, scene.catalog) for part in parts) else Concern.NOBODY


def _words(what: str) -> Callable[[Delta, Scene], str]:
    return lambda delta, _scene: f"{what}: {action_words(delta.old)} → {action_words(delta.new)}"


def _versions(delta: Delta) -> tuple[str, str]:
    old, new = (ref.version.strip() or _LATEST if ref else _LATEST for ref in _refs(delta))
    return old, new


def _version(delta: Delta, _scene: Scene) -> str:
    old, new = _versions(delta)
    ref = action_of(delta.part)
    return f"version of the component {ref.component if ref else ''}: {old} → {new}"


def _pinned(delta: Delta, _scene: Scene) -> bool:
    old, new = _versions(delta)
    return old == _LATEST != new


def _unpinned(delta: Delta, _scene: Scene) -> bool:
    old, new = _versions(delta)
    return old != _LATEST == new


def _lowered(delta: Delta, _scene: Scene) -> bool:
    old, new = _versions(delta)
    return old.isdecimal() and new.isdecimal() and int(old) > int(new)


def _raised(delta: Delta, _scene: Scene) -> bool:
    old, new = _versions(delta)
    return old.isdecimal() and new.isdecimal() and int(old) < int(new)


def _spaces(delta: Delta, _scene: Scene) -> str:
    ref = action_of(delta.part)
    name = ref.component if ref else ""
    return f"{name} is a {'public' if ref and ref.is_public else 'private'} component now"


KINDS = (
    ChangeKind(
        id="trigger-kind-changed",
        sentence="Another trigger starts the flow.",
        on=_on(),
        when=_starts_otherwise,
        grades=(Grade.BREAKING,),
        judge=always(breaking("What started the flow until now no longer does.")),
        message=_words("another trigger"),
        cases=(
            Case(
                (
                    (
                        "{key: webhook, component: {key: webhook-triggers,",
                        "{key: slashCommandWebhook, component: {key: slack,",
                    ),
                ),
                "another trigger: webhook-triggers webhook → slack slashCommandWebhook",
            ),
        ),
        concern=who_started,
        subject=flow_subject,
    ),
    ChangeKind(
        id="state-action-changed",
        sentence="A step does something else with a value that is kept.",
        on=_on(),
        when=_keeps_otherwise,
        grades=(Grade.RISKY,),
        judge=always(risky("What is kept from run to run changes in another way.")),
        message=_words("another action"),
        cases=(
            Case(
                (("key: saveInstanceValue", "key: appendInstanceValueToList"),),
                "another action: persist-data saveInstanceValue → persist-data appendInstanceValueToList",
            ),
        ),
        concern=Concern.STATE,
    ),
    ChangeKind(
        id="component-changed",
        sentence="A step performs an action of another component; breaking where what it wrote goes elsewhere.",
        on=_on(),
        when=_has_other_component,
        grades=(Grade.RISKY, Grade.BREAKING),
        judge=_performs,
        message=_words("another component"),
        cases=(
            Case(
                (("{key: writeLog, component: {key: log,", "{key: sleep, component: {key: sleep,"),),
                "another component: log writeLog → sleep sleep",
            ),
            Case(
                (("{key: httpPost, component: {key: http,", "{key: sendRequest, component: {key: soap,"),),
                "another component: http httpPost → soap sendRequest",
                grade=Grade.BREAKING,
            ),
        ),
        concern=_concern,
        subject=flow_subject,
    ),
    ChangeKind(
        id="step-action-changed",
        sentence="A step performs another action of its component; breaking where it no longer writes.",
        on=_on(),
        when=_has_other_action,
        grades=(Grade.RISKY, Grade.BREAKING),
        judge=_performs,
        message=_words("another action"),
        cases=(
            Case(
                (("key: putObject", "key: createUploadStream"),),
                "another action: aws-s3 putObject → aws-s3 createUploadStream",
            ),
            Case(
                (("key: httpPost", "key: httpGet"),),
                "another action: http httpPost → http httpGet",
                grade=Grade.BREAKING,
            ),
        ),
        concern=_concern,
        subject=flow_subject,
    ),
    ChangeKind(
        id="component-visibility-changed",
        sentence="A public component has taken the place of a private one with its key, or the other way round.",
        on=_on(),
        when=_is_in_other_space,
        grades=(Grade.BREAKING,),
        judge=always(breaking("It is another component: it may be missing, or do something else.")),
        message=_spaces,
        cases=(
            Case(
                (("{key: our-own, isPublic: false,", "{key: our-own, isPublic: true,"),),
                "our-own is a public component now",
            ),
        ),
        concern=Concern.DATA,
        subject=flow_subject,
    ),
    ChangeKind(
        id="component-version-pinned",
        sentence="A component has a fixed version, and followed the newest one before.",
        on=_on("component", "version"),
        when=_pinned,
        grades=(Grade.RISKY,),
        judge=always(risky("It no longer follows the newest version.")),
        message=_version,
        cases=(
            Case(
                (
                    (
                        "{key: putObject, component: {key: aws-s3, isPublic: true, version: LATEST}}",
                        "{key: putObject, component: {key: aws-s3, isPublic: true, version: 12}}",
                    ),
                ),
                "version of the component aws-s3: LATEST → 12",
            ),
        ),
    ),
    ChangeKind(
        id="component-version-unpinned",
        sentence="A component follows its newest version, and had a fixed one before.",
        on=_on("component", "version"),
        when=_unpinned,
        grades=(Grade.RISKY,),
        judge=always(risky("Which version it is depends on the day of the import.")),
        message=_version,
        cases=(
            Case(
                ((_VERSION, _VERSION.replace("7", "LATEST")),),
                "version of the component http: 7 → LATEST",
            ),
        ),
    ),
    ChangeKind(
        id="component-version-lowered",
        sentence="An older version of a component performs the step.",
        on=_on("component", "version"),
        when=_lowered,
        grades=(Grade.RISKY,),
        judge=always(risky("What newer versions mended or added is missing.")),
        message=_version,
        cases=(Case(((_VERSION, _VERSION.replace("7", "6")),), "version of the component http: 7 → 6"),),
    ),
    ChangeKind(
        id="component-version-raised",
        sentence="A newer version of a component performs the step.",
        on=_on("component", "version"),
        when=_raised,
        grades=(Grade.RISKY,),
        judge=always(risky("It may behave in another way.")),
        message=_version,
        cases=(Case(((_VERSION, _VERSION.replace("7", "8")),), "version of the component http: 7 → 8"),),
    ),
    ChangeKind(
        id="component-setting-changed",
        sentence="Something else in how a step names its component differs, such as a signature.",
        on=_on(),
        grades=(Grade.RISKY,),
        judge=always(risky("It may be another component.")),
        message=lambda delta, _scene: f"`{'.'.join(delta.address)}` of the step",
        cases=(
            Case(
                (
                    (
                        "key: our-own, isPublic: false, version: 4",
                        "key: our-own, isPublic: false, version: 4, signature: a1",
                    ),
                ),
                "`action.component.signature` of the step",
            ),
        ),
        lines=True,
    ),
)
