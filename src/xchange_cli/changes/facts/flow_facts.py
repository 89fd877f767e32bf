"""What differences of flows are judged by."""

from collections.abc import Iterator

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.facts.answers import flow_part
from xchange_cli.changes.facts.effects import writes
from xchange_cli.changes.kind import Scene
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.node import Mapping
from xchange_cli.model.integration import Flow
from xchange_cli.validation.flow_starts import Start, start_of

STARTS_ITSELF = {Start.SCHEDULE: "by its schedule", Start.DEPLOYMENT: "on deployment"}


def flow_of(part: Part | None) -> Flow | None:
    flow = flow_part(part)
    return flow.facts if flow is not None and isinstance(flow.facts, Flow) else None


def start(part: Part | None, catalog: Catalog) -> Start:
    """Tell what starts the flow that a part is in."""
    flow = flow_of(part)
    return Start.NOTHING if flow is None else start_of(flow, catalog)


def has_url(part: Part | None, catalog: Catalog) -> bool:
    return start(part, catalog) in {Start.REQUEST, Start.AGENT}


def is_called(part: Part | None, catalog: Catalog) -> bool:
    """Tell whether somebody may wait for the answer of a flow: nobody does who has it start by itself."""
    return start(part, catalog) not in STARTS_ITSELF


def who_started(delta: Delta, scene: Scene) -> Concern:
    """Tell who is concerned when a flow is no longer started as it was."""
    match start(delta.old or delta.new, scene.catalog):
        case Start.REQUEST | Start.AGENT:
            return Concern.CALLER
        case Start.SCHEDULE:
            return Concern.SCHEDULE
        case Start.DEPLOYMENT:
            return Concern.DEPLOYMENT
    return Concern.DATA


def writing_steps_below(part: Part, catalog: Catalog) -> Iterator[Part]:
    return (one for one in part.walk() if one.kind is PartKind.STEP and writes(one, catalog))


def keeps_identity(delta: Delta, scene: Scene) -> bool:
    """Tell whether an import knows that a flow was renamed: by the file's own words, or by its stable key."""
    old, new = delta.old, delta.new
    if old is None or new is None:
        return False
    keys = [part.node.text("stableKey") for part in (old, new)]
    if keys[0] and keys[1] and keys[0].value == keys[1].value != "":
        return True
    words = scene.new.node.mapping("renameAttributes")
    renames = words.sequence("flows") if words is not None else None
    pairs = [_names(one) for one in renames.mappings()] if renames is not None else []
    return (old.name, new.name) in pairs


def _names(rename: Mapping) -> tuple[str, str]:
    old, new = rename.text("oldName"), rename.text("newName")
    return (old.value if old else "", new.value if new else "")
