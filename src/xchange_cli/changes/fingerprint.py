"""What a change is recognised by, whatever lines it stands in."""

import json
from hashlib import sha256
from typing import Any

from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.kind import Scene
from xchange_cli.changes.places import path_of
from xchange_cli.changes.secrets import Concealing, is_secret
from xchange_cli.components.catalog import Catalog

_DIGITS = 12


def fingerprint(kind: str, key: str, delta: Delta, scene: Scene) -> str:
    """Digest the kind, the integration's key, the path of names, and what stands on both sides.

    `delta` has no secrets in its values: nobody can guess them from the digest.
    """
    path = path_of(delta.part, delta.address)
    meant = [kind, key, path, *_meaning(delta, scene)]
    return sha256(json.dumps(meant, sort_keys=True).encode()).hexdigest()[:_DIGITS]


def _meaning(delta: Delta, scene: Scene) -> list[Any]:
    match delta.what:
        case What.CHANGED:
            return [node.data if node is not None else None for node in (delta.old_value, delta.new_value)]
        case What.ADDED | What.REMOVED:
            return [_content(delta.part, scene.catalog)]
        case What.RENAMED:
            return [delta.old.name if delta.old else ""]
    if delta.kind is PartKind.INTEGRATION:
        return [scene.move.old_key if scene.move is not None else ""]
    return [path_of(delta.old) if delta.old else (), delta.behind.name if delta.behind else ""]


def _content(part: Part, catalog: Catalog) -> list[Any]:
    fields = {
        "/".join(address): Concealing().node(node, is_secret=is_secret(part, address, catalog)).data
        for address, node in part.fields.items()
    }
    children = [[key, _content(child, catalog)] for key, parts in part.children.items() for child in parts]
    return [part.name, fields, children]
