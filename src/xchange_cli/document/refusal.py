"""What cannot be changed in place, said with its place."""

from xchange_cli.document.node import Node
from xchange_cli.errors import ErrorCode, Place, XchangeError


def refusal(message: str, node: Node, hint: str = "Change it in the file.") -> XchangeError:
    place = Place(node.source.name, *node.source.position(node.start))
    return XchangeError(ErrorCode.INVALID, message, place=place, hint=hint)
