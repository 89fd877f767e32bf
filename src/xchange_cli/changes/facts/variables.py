"""What differences of config variables are judged by."""

from xchange_cli.changes.comparison.delta import Delta
from xchange_cli.changes.comparison.part import Address, Part
from xchange_cli.changes.kind import Scene
from xchange_cli.document.node import Mapping, Sequence
from xchange_cli.model.integration import ConfigVar

_OF_CUSTOMERS = ("visibleToCustomerDeployer", "isVisibleToCustomerDeployer")
_OF_ORGANISATION = ("visibleToOrgDeployer", "isVisibleToOrgDeployer")

VISIBILITY: tuple[Address, ...] = (
    ("orgOnly",),
    *(("meta", key) for key in (*_OF_CUSTOMERS, *_OF_ORGANISATION)),
)
"""The fields of a config variable that say who sees it."""


def variable_of(part: Part | None) -> ConfigVar | None:
    return part.facts if part is not None and isinstance(part.facts, ConfigVar) else None


def is_connection(delta: Delta, _scene: Scene) -> bool:
    """Tell whether a config variable is a connection now, or was one when it is gone."""
    variable = variable_of(delta.part)
    return variable is not None and variable.data_type == "connection"


def needs_value(part: Part | None) -> bool:
    """Tell whether an instance cannot do without a value of its own; connections are judged elsewhere."""
    variable = variable_of(part)
    return variable is not None and variable.data_type != "connection" and not variable.default


def keeps_identity(delta: Delta, scene: Scene) -> bool:
    """Tell whether an import knows that a config variable was renamed: by the file's own words, or its stable key."""
    old, new = delta.old, delta.new
    if old is None or new is None:
        return False
    key = _stable_key(old)
    return (key != "" and key == _stable_key(new)) or (old.name, new.name) in _told_renames(scene.new.node)


def visibility(part: Part | None) -> tuple[bool, bool]:
    """Tell whether customers see a config variable, and whether the organisation's own people do."""
    if part is None:
        return False, False
    own = part.node.get("orgOnly")
    is_open = own is None or own.data is not True
    return is_open and _is_shown(part, _OF_CUSTOMERS), _is_shown(part, _OF_ORGANISATION)


def _is_shown(part: Part, keys: tuple[str, ...]) -> bool:
    meta = part.node.mapping("meta")
    found = [node for key in keys if meta is not None and (node := meta.get(key)) is not None]
    return all(node.data is not False for node in found)


def _stable_key(part: Part) -> str:
    found = part.node.text("stableKey")
    return found.value if found is not None else ""


def _told_renames(root: Mapping) -> set[tuple[str, str]]:
    attributes = root.mapping("renameAttributes")
    listed = attributes.sequence("requiredConfigVars") if attributes is not None else None
    rows = listed.mappings() if isinstance(listed, Sequence) else ()
    names = [(row.text("oldName"), row.text("newName")) for row in rows]
    return {(old.value, new.value) for old, new in names if old is not None and new is not None}
