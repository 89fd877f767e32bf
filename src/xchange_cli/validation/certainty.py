"""How sure the catalogue can be that a key does not exist."""

import re
from collections.abc import Mapping

from xchange_cli.components.spec import ActionSpec, Basis, ComponentSpec, ConnectionSpec, InputSpec

Spec = ActionSpec | ConnectionSpec | InputSpec

_SPELLING_DERIVED = {Basis.DOCS, Basis.INFERRED}
_SLIP = 0.9
"""One letter too many or too few in a word of five, one wrong letter or a swapped pair in a word of ten."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_SHORTEST_WORD = 4


def lists_everything(component: ComponentSpec) -> bool:
    """Tell whether what the catalogue lacks of a component does not exist.

    That holds for a project's own components and for those read in source. Of apps the catalogue often has
    only what exported integrations use, so what it lacks there may exist.
    """
    return component.is_own or (component.confidence == "verified-from-source" and component.kind != "app")


def same_key(key: str, spec: Spec) -> bool:
    """Compare keys; capitals do not count where the catalogue has derived them from documentation."""
    if spec.basis in _SPELLING_DERIVED:
        return key.casefold() == spec.key.casefold()
    return key == spec.key


def is_known(key: str, specs: Mapping[str, Spec]) -> bool:
    return key in specs or any(same_key(key, specs[known]) for known in specs)


def is_surely_unknown(key: str, specs: Mapping[str, Spec], component: ComponentSpec) -> bool:
    """Tell whether a key that is not known must be wrong, also where the catalogue has gaps."""
    if lists_everything(component):
        return True
    folded = key.casefold()
    return any(
        (known.casefold() == folded or _is_swapped(folded, known.casefold()) or is_one_letter_off(key, known))
        and specs[known].basis.is_sure
        for known in specs
    )


def unknown_part(kind: str, key: str, component: ComponentSpec, *, sure: bool) -> str:
    """Say that a component has no such action, trigger, connection or data source."""
    if sure:
        return f"the component `{component.key}` has no {kind} `{key}`"
    return f"the catalogue has no {kind} `{key}` of the component `{component.key}`"


def is_slip(word: str, meant: str) -> bool:
    """Tell whether `word` can hardly be anything but a misspelled `meant`."""
    from difflib import SequenceMatcher

    left, right = word.casefold(), meant.casefold()
    if left == right or _is_swapped(left, right) or is_one_letter_off(word, meant):
        return True
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= _SLIP


def is_one_letter_off(key: str, meant: str) -> bool:
    """Tell whether one of the words of a key has a letter too many or too few, or a wrong one.

    Not so where it may be another word: in plurals, at the beginning, in numbers and in short words.
    """
    ours, theirs = _WORD.findall(key), _WORD.findall(meant)
    differing = [
        (left.casefold(), right.casefold())
        for left, right in zip(ours, theirs, strict=False)
        if left.casefold() != right.casefold()
    ]
    return len(ours) == len(theirs) and len(differing) == 1 and _is_letter_off(*differing[0])


def _is_letter_off(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    if len(short) < _SHORTEST_WORD or short[0] != long[0] or short.isdigit() or long == short + "s":
        return False
    same = next(
        (at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short)
    )
    if len(short) == len(long):
        return len(short) > _SHORTEST_WORD and short[same + 1 :] == long[same + 1 :]
    return short[same:] == long[same + 1 :]


def _is_swapped(left: str, right: str) -> bool:
    """Whether two neighbouring letters have changed places, the commonest slip of a quick hand."""
    if len(left) != len(right):
        return False
    differing = [index for index, pair in enumerate(zip(left, right, strict=True)) if pair[0] != pair[1]]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return (left[first], left[second]) == (right[second], right[first])
