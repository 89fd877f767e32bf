"""What differences of a step's inputs are judged by: where a value comes from, and what it is for."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta
from xchange_cli.changes.comparison.inputs import is_unset
from xchange_cli.changes.facts.effects import input_spec, public_action, writes
from xchange_cli.changes.kind import Scene
from xchange_cli.changes.words.readable import Leaf, expression_of, long_text, shape_of
from xchange_cli.document.node import Node
from xchange_cli.expression.ast import ConfigValue, Expression, Literal, Reference, Template, walk

_DESTINATIONS = frozenset(
    [
        *("url", "baseUrl", "overrideUrl", "endpoint", "host", "method", "httpMethod", "region", "awsRegion"),
        *(
            "path",
            "outputPath",
            "destinationPath",
            "sourcePath",
            "newPath",
            "fileName",
            "destinationFileName",
        ),
        *("bucket", "bucketName", "destinationBucket", "destinationBucketName", "containerName", "blobName"),
        *(
            "objectKey",
            "objectKeys",
            "destinationKey",
            "key",
            "tableName",
            "table",
            "collection",
            "collectionName",
        ),
        *("topic", "topicArn", "queue", "queueUrl", "brokers", "exchange", "routingKey", "subscription"),
        *(
            "channelName",
            "channelId",
            "channels",
            "conversationName",
            "to",
            "cc",
            "bcc",
            "toJson",
            "phoneNumber",
        ),
        *("entityType", "entityId", "recordType", "recordId", "projectId", "database", "schema", "mailbox"),
        *(
            "owner",
            "repo",
            "functionName",
            "warehouseId",
            "storedProcedure",
            "flowName",
            "ticketId",
            "userId",
        ),
    ]
)
"""Inputs of the catalogue's writing actions that say where something is written, not what."""

_TALK = frozenset({"debug", "debugRequest", "verbose"})
"""Inputs that only make a step say more in its logs."""

_LONGEST = 40


def key_of(delta: Delta) -> str:
    return delta.address[1] if len(delta.address) > 1 else ""


def source_of(node: Node | None) -> Expression | None:
    """Give what an input says; None for one without a value."""
    expression = expression_of(node) if node is not None else None
    return None if expression is None or is_unset(expression) else expression


def is_set(node: Node | None) -> bool:
    return node is not None and (source_of(node) is not None or expression_of(node) is None)


def uses_config(node: Node | None) -> bool:
    """Tell whether a value comes from config variables, whole or in part."""
    expression = source_of(node)
    return expression is not None and any(
        isinstance(one, ConfigValue) and one.key for one in walk(expression)
    )


def uses_step(node: Node | None) -> bool:
    """Tell whether a value comes from other steps, whole or in part."""
    expression = source_of(node)
    return expression is not None and any(isinstance(one, Reference) for one in walk(expression))


def is_written_out(node: Node | None) -> bool:
    """Tell whether a value stands in the file, or is not set."""
    return not uses_config(node) and not uses_step(node)


def is_reference(node: Node | None) -> bool:
    return isinstance(source_of(node), Reference)


def is_connection(delta: Delta, scene: Scene) -> bool:
    spec = input_spec(delta.part, key_of(delta), scene.catalog)
    if spec is not None:
        return spec.type == "connection"
    return key_of(delta).lower().endswith("connection")


def is_flow(delta: Delta, scene: Scene) -> bool:
    spec = input_spec(delta.part, key_of(delta), scene.catalog)
    return spec is not None and spec.type == "flow"


def is_destination(key: str) -> bool:
    return key in _DESTINATIONS


def only_talks(delta: Delta) -> bool:
    """Tell an input that nobody outside sees: how much a step logs, or what."""
    return key_of(delta) in _TALK or public_action(delta.part) == ("log", "writeLog")


def is_short(delta: Delta) -> bool:
    """Tell whether a message can show what differs, so that no lines have to."""
    values = (delta.old_value, delta.new_value)
    return all(map(_is_short, values)) and shape_of(values[0]) != shape_of(values[1])


def is_long(delta: Delta) -> bool:
    return not is_short(delta)


def is_constant(node: Node | None) -> bool:
    """Tell whether a value is the same in all instances and runs."""
    return isinstance(source_of(node), Literal | Template | None) and is_written_out(node)


def writes_now(delta: Delta, scene: Scene) -> bool:
    """Tell whether the step of an input is known to write."""
    return delta.new is not None and writes(delta.new, scene.catalog)


def data_concern(delta: Delta, scene: Scene) -> Concern:
    return Concern.DATA if writes_now(delta, scene) and not only_talks(delta) else Concern.NOBODY


def _is_short(node: Node | None) -> bool:
    shape = shape_of(node)
    return isinstance(shape, Leaf) and len(shape.text) <= _LONGEST and long_text(node) is None
