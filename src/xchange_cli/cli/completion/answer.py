"""One answer for one press of the Tab key."""

import re
from collections.abc import Mapping
from typing import Any

from xchange_cli.cli.completion.bash import BASH
from xchange_cli.cli.completion.fish import FISH
from xchange_cli.cli.completion.offers import Offer, offers
from xchange_cli.cli.completion.powershell import POWERSHELL
from xchange_cli.cli.completion.shell import Answer, Shell
from xchange_cli.cli.completion.zsh import ZSH

_SHELLS: Mapping[str, Shell] = {
    "bash": BASH,
    "zsh": ZSH,
    "fish": FISH,
    "powershell": POWERSHELL,
    "pwsh": POWERSHELL,
}
_WISH = "complete_"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def asks(wish: str) -> bool:
    """Tell whether the value of the variable by which shells ask is a question, and not one for the shell's script."""
    return wish.removeprefix(_WISH) in _SHELLS and wish.startswith(_WISH)


def answer(command: Any, wish: str, environment: Mapping[str, str]) -> Answer:
    """Give what the shell asks for; nothing where the question makes no sense."""
    shell = _SHELLS[wish.removeprefix(_WISH)]
    try:
        line = shell.read(environment)
        found = [one for one in offers(command, line, is_described=shell.is_described) if _is_typable(one)]
        return shell.write(environment, line, [_in_one_line(one) for one in found])
    except Exception:  # noqa: BLE001 - nothing may be said in the middle of typing
        return Answer("")


def _is_typable(offer: Offer) -> bool:
    return _CONTROL.search(offer.value) is None


def _in_one_line(offer: Offer) -> Offer:
    return offer._replace(about=" ".join(offer.about.split()))
