"""Which members of its two arguments a code step can see: the rest need not be written as JSON for each call.

The analysis reads text, not syntax, and errs towards showing too much: only where the function is exported in the
usual form and every mention of a parameter names a member outright (`stepResults.getOrder`,
`stepResults["getOrder"]`, `const { getOrder } = stepResults;`) is the argument cut down to the keys that occur
anywhere in the text. Mentions in comments and strings count like any other.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_EXPORT = re.compile(r"\bmodule\.exports\s*=\s*(?:async\b\s*)?(?:function\b\s*[\w$]*\s*)?\(")
_EXPORTS = re.compile(r"\bexports\b")
_BODY = re.compile(r"\)\s*(?:=>|\{)")
_OTHER_WAYS_IN = re.compile(
    r"\b(?:arguments|eval|Function)\b"  # the parameter without its name
    r"|\\[ux]"  # names spelled with escapes
    r"|\}\s*(?:\)+\s*)?(?:\(|\[|\.\s*(?:call|apply|bind)\b)"  # the exported function is what another one gives
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_PATTERN = r"\{[\w\s$,:{}]*\}"
_DESTRUCTURED = re.compile(_PATTERN)
_INHERITED = r"(?:valueOf|hasOwnProperty|propertyIsEnumerable|toString|toLocaleString|constructor|isPrototypeOf|__\w*)\b"


class Sight(NamedTuple):
    """Whether code may read members of the context, and of the step results, by keys that are not in its text."""

    all_of_context: bool
    all_of_results: bool


def visible(argument: Mapping[str, Any], code: str, *, sees_all: bool) -> Mapping[str, Any]:
    """Give the members that the code can see; `sees_all` is what its `Sight` says of the argument."""
    return argument if sees_all else {key: argument[key] for key in argument if key in code}


def sight(code: str) -> Sight:
    """Tell what the code may read."""
    exports = list(_EXPORT.finditer(code))
    if len(exports) != 1 or len(_EXPORTS.findall(code)) != 1 or _OTHER_WAYS_IN.search(code):
        return Sight(all_of_context=True, all_of_results=True)
    parameters = _parameters(code, exports[0].end())
    if parameters is None or len(parameters) > 2 or any("..." in parameter for parameter in parameters):
        return Sight(all_of_context=True, all_of_results=True)
    first, second = (*(parameter.strip() for parameter in parameters), "", "")[:2]
    return Sight(_may_read_any(first, code), _may_read_any(second, code))


def _may_read_any(parameter: str, code: str) -> bool:
    if not parameter or _DESTRUCTURED.fullmatch(parameter):
        return False
    return not _NAME.fullmatch(parameter) or not _names_members_only(parameter, code)


def _names_members_only(name: str, code: str) -> bool:
    """Tell whether every mention of the parameter but its declaration names a member outright."""
    word = rf"(?<![\w$]){re.escape(name)}(?![\w$])"
    member = (
        rf"{word}\s*(?:\??\.\s*(?!{_INHERITED})[A-Za-z_$]|(?:\?\.)?\[\s*(?:'[^'\\\n]*'|\"[^\"\\\n]*\")\s*\])"
    )
    taken_apart = rf"\b(?:const|let|var)\s*{_PATTERN}\s*=\s*{word}\s*;"
    known = len(re.findall(member, code)) + len(re.findall(taken_apart, code))
    return len(re.findall(word, code)) == known + 1


def _parameters(code: str, start: int) -> list[str] | None:
    """Split the parameter list that begins at `start`; None where that is not safe."""
    depth = 0
    parameters = [""]
    for offset, character in enumerate(code[start:]):
        if character in "'\"`/":
            return None
        if depth == 0 and character == ")":
            return parameters if _BODY.match(code, start + offset) else None
        depth += (character in "({[") - (character in ")}]")
        if depth == 0 and character == ",":
            parameters.append("")
        else:
            parameters[-1] += character
    return None
