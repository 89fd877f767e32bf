"""Changes of the integration itself."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Address, PartKind
from xchange_cli.changes.grade import SAFE, Grade, Judgement, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Move, Scene, always
from xchange_cli.changes.words.words import before_and_after

_OTHER_URLS = "Requests that reached a flow until now may reach another one, or none."
_ROUTING = ("flowNameField", "externalCustomerIdField", "externalCustomerUserIdField")


def _changed(*keys: str, kind: PartKind = PartKind.INTEGRATION) -> tuple[What, PartKind, Address]:
    return What.CHANGED, kind, keys


def _own_field(delta: Delta) -> str:
    return ".".join(delta.address)


def _whose(delta: Delta) -> str:
    return "the integration" if delta.kind is PartKind.INTEGRATION else f"`{delta.part.name}`"


def _moved(_delta: Delta, scene: Scene) -> Judgement:
    move = scene.move or Move("", "")
    if move.version:
        return breaking(
            f"`{move.version}` stays the newest version of `{move.old_key}`: what is published next is "
            f"`{move.new_key}@1`, which is not offered to those who have `{move.old_key}`."
        )
    return risky(
        f"Versions are kept by the key: those that were published as `{move.old_key}`, if any, stay there."
    )


def _moved_words(_delta: Delta, scene: Scene) -> str:
    move = scene.move or Move("", "")
    return f"moved to another folder: the key `{move.old_key}` is `{move.new_key}` now"


KINDS = (
    ChangeKind(
        id="integration-added",
        sentence="An integration that was not there.",
        on=((What.ADDED, PartKind.INTEGRATION, ()),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda _delta, _scene: "the integration is new",
        cases=(Case((), "the integration is new"),),
    ),
    ChangeKind(
        id="integration-removed",
        sentence="An integration is no longer there.",
        on=((What.REMOVED, PartKind.INTEGRATION, ()),),
        grades=(Grade.BREAKING,),
        judge=always(breaking("Its instances get no new version, and its flows have no successor.")),
        message=lambda _delta, _scene: "the integration is gone",
        cases=(Case((), "the integration is gone"),),
        concern=Concern.INSTANCES,
    ),
    ChangeKind(
        id="integration-moved",
        sentence=(
            "An integration is in another folder, whose name is its key; versions stay under the key with which they were "
            "published."
        ),
        on=((What.MOVED, PartKind.INTEGRATION, ()),),
        grades=(Grade.RISKY, Grade.BREAKING),
        judge=_moved,
        message=_moved_words,
        cases=(
            Case((), "moved to another folder: the key `shop` is `orders` now", move=Move("shop", "orders")),
            Case(
                (),
                "moved to another folder: the key `shop` is `orders` now",
                grade=Grade.BREAKING,
                move=Move("shop", "orders", "shop@3"),
            ),
        ),
        concern=Concern.KEY,
        subject=lambda _delta, scene: scene.move.old_key if scene.move is not None else "",
    ),
    ChangeKind(
        id="integration-name-changed",
        sentence="The integration has another name; its key, by which it is published, is that of its folder.",
        on=((What.RENAMED, PartKind.INTEGRATION, ()), _changed("name")),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"the integration was called `{delta.old.name if delta.old else ''}`",
        cases=(Case((("name: Orders", "name: Shop Orders"),), "the integration was called `Orders`"),),
    ),
    ChangeKind(
        id="integration-description-changed",
        sentence="The description of the integration has other words.",
        on=(_changed("description"),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda _delta, _scene: "other description",
        cases=(Case((("Takes orders.", "Takes all orders."),), "other description"),),
        lines=True,
    ),
    ChangeKind(
        id="integration-documentation-changed",
        sentence="The documentation in the integration's file has other words.",
        on=(_changed("documentation"),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda _delta, _scene: "other documentation",
        cases=(Case((("Ask the shop for a key.", "Ask the shop for two keys."),), "other documentation"),),
        lines=True,
    ),
    ChangeKind(
        id="category-changed",
        sentence="The integration is listed in another category.",
        on=(_changed("category"),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"category: {before_and_after(delta)}",
        cases=(Case((("category: ERP", "category: CRM"),), "category: ERP → CRM"),),
    ),
    ChangeKind(
        id="integration-labels-changed",
        sentence="The integration has other labels.",
        on=(_changed("labels"),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"labels: {before_and_after(delta)}",
        cases=(Case((("labels: [shop]", "labels: [shop, goods]"),), "labels: [shop] → [shop, goods]"),),
    ),
    ChangeKind(
        id="endpoint-type-changed",
        sentence="Requests reach the flows at other URLs: one a flow, one an instance, or one for all instances.",
        on=(_changed("endpointType"),),
        grades=(Grade.BREAKING,),
        judge=always(breaking("Callers have to send their requests to other URLs.")),
        message=lambda delta, _scene: f"endpoint type: {before_and_after(delta)}",
        cases=(
            Case(
                (("endpointType: instance_specific", "endpointType: shared_instance"),),
                "endpoint type: instance_specific → shared_instance",
            ),
        ),
        concern=Concern.CALLER,
    ),
    ChangeKind(
        id="preprocess-flow-changed",
        sentence="Another flow, or none, decides which flow a request to a shared URL is for.",
        on=(_changed("preprocessFlowName"),),
        grades=(Grade.BREAKING,),
        judge=always(breaking(_OTHER_URLS)),
        message=lambda delta, _scene: f"preprocess flow: {before_and_after(delta)}",
        cases=(
            Case(
                (("category: ERP", "category: ERP\npreprocessFlowName: Incoming"),),
                "preprocess flow: none → Incoming",
            ),
        ),
        concern=Concern.CALLER,
    ),
    ChangeKind(
        id="routing-field-changed",
        sentence="The flow or the customer of a request to a shared URL is read from another field.",
        on=tuple(_changed(key) for key in _ROUTING),
        grades=(Grade.BREAKING,),
        judge=always(breaking(_OTHER_URLS)),
        message=lambda delta, _scene: f"`{_own_field(delta)}`: {before_and_after(delta)}",
        cases=(
            Case(
                (("payload.results.headers.x-flow", "payload.results.headers.flow"),),
                "`flowNameField`: payload.results.headers.x-flow → payload.results.headers.flow",
            ),
        ),
        concern=Concern.CALLER,
    ),
    ChangeKind(
        id="instance-profile-changed",
        sentence="New instances get another profile.",
        on=(_changed("defaultInstanceProfile"),),
        grades=(Grade.RISKY,),
        judge=always(risky("Instances of another profile may keep logs and retries otherwise.")),
        message=lambda delta, _scene: f"profile of instances: {before_and_after(delta)}",
        cases=(
            Case(
                (("defaultInstanceProfile: Default Instance Profile", "defaultInstanceProfile: Quiet"),),
                "profile of instances: Default Instance Profile → Quiet",
            ),
        ),
    ),
    ChangeKind(
        id="definition-version-changed",
        sentence="The file says that it is of another version of the format.",
        on=(_changed("definitionVersion"),),
        grades=(Grade.RISKY,),
        judge=always(risky("The hosted platform may read the same text in another way.")),
        message=lambda delta, _scene: f"version of the format: {before_and_after(delta)}",
        cases=(Case((("definitionVersion: 7", "definitionVersion: 6"),), "version of the format: 7 → 6"),),
    ),
    ChangeKind(
        id="stable-key-changed",
        sentence="The key by which an import recognises the integration or a config variable is another one.",
        on=tuple(_changed("stableKey", kind=kind) for kind in (PartKind.INTEGRATION, PartKind.CONFIG_VAR)),
        grades=(Grade.BREAKING,),
        judge=always(breaking("An import takes it for a new one; what instances have is not carried over.")),
        message=lambda delta, _scene: f"stable key of {_whose(delta)}: {before_and_after(delta)}",
        cases=(
            Case(
                (("stableKey: shop-orders", "stableKey: orders"),),
                "stable key of the integration: shop-orders → orders",
            ),
            Case(
                (("stableKey: page-size", "stableKey: size"),),
                "stable key of `Page Size`: page-size → size",
            ),
        ),
        concern=Concern.VALUE_LOST,
    ),
    ChangeKind(
        id="rename-attributes-changed",
        sentence="What an import is told about renamed parts is different.",
        on=(_changed("renameAttributes"),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda _delta, _scene: "an import is told of other renamed parts",
        cases=(
            Case(
                (
                    (
                        "category: ERP",
                        "category: ERP\nrenameAttributes: {flows: [{oldName: Night, newName: Nightly}]}",
                    ),
                ),
                "an import is told of other renamed parts",
            ),
        ),
        lines=True,
    ),
    ChangeKind(
        id="integration-setting-changed",
        sentence="Another key of the integration, of which nothing more is known here, has another value.",
        on=(_changed(),),
        grades=(Grade.RISKY,),
        judge=always(risky("What depends on it is not known.")),
        message=lambda delta, _scene: f"`{_own_field(delta)}`: {before_and_after(delta)}",
        cases=(
            Case((("category: ERP", "category: ERP\nisCodeNative: true"),), "`isCodeNative`: none → true"),
        ),
    ),
)
