"""Which step results a code step can see: the rest need not be written as JSON for each call.

The analysis reads text, not syntax, and errs towards showing too much: only where the function is exported in the
usual form and every mention of its second parameter names a member outright (`stepResults.getOrder`,
`stepResults["getOrder"]`, `const { getOrder } = stepResults;`) are the results cut down to the step keys that occur
anywhere in the text. Mentions in comments and strings count like any other.
"""

import re
from collections.abc import Mapping
from typing import Any

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


def visible(step_results: Mapping[str, Any], code: str, *, sees_all: bool) -> Mapping[str, Any]:
    """Give the step results that the code can see; `sees_all` is what the function of that name says of it."""
    return step_results if sees_all else {key: step_results[key] for key in step_results if key in code}


def sees_all(code: str) -> bool:
    """Tell whether the code may read step results by keys that are not in its text."""
    exports = list(_EXPORT.finditer(code))
    if len(exports) != 1 or len(_EXPORTS.findall(code)) != 1 or _OTHER_WAYS_IN.search(code):
        return True
    parameters = _parameters(code, exports[0].end())
    if parameters is None or len(parameters) > 2 or any("..." in parameter for parameter in parameters):
        return True
    second = parameters[1].strip() if len(parameters) > 1 else ""
    if not second or _DESTRUCTURED.fullmatch(second):
        return False
    return not _NAME.fullmatch(second) or not _names_members_only(second, code)


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
