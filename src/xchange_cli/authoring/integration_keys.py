"""Keys of integrations: what may be one, and one made of a name."""

import re
import unicodedata

from xchange_cli.errors import ErrorCode, XchangeError

MAX_LENGTH = 100
"""Characters. Paths below the folder of a key have to fit into what systems allow, too."""

_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_STRANGE = re.compile(r"[^a-z0-9-]")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names that Windows gives no file."""

_EXAMPLE = "acme-orders"
_SHOWN = 40
_APOSTROPHES = "'\u2019"


def require_key(key: str) -> None:
    """Refuse what cannot be the key of an integration, saying why, with one that can be.

    Raises:
        XchangeError: USAGE.

    """
    trouble = _trouble(key)
    if not trouble:
        return
    better = key_from(key)
    offer = f"Take {better}." if better else f"One such key is {_EXAMPLE}."
    raise XchangeError(
        ErrorCode.USAGE,
        f"`{_cut(key)}` cannot be a key: {trouble}",
        hint=f"{offer} A key has lower-case letters, digits and dashes.",
    )


def key_from(name: str) -> str:
    """Make a key of any text; empty where no letter or digit is left, or where Windows has no such file."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).lower()
    plain = "".join(one for one in plain if not unicodedata.combining(one) and one not in _APOSTROPHES)
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_LENGTH].rstrip("-")
    return f"{key}-integration" if key in _DEVICES else key


def name_from(key: str) -> str:
    """Give the name that an integration has as long as nobody says another: `acme-orders` is `Acme Orders`."""
    return " ".join(word.capitalize() for word in key.split("-") if word)


def _trouble(key: str) -> str:
    if not key:
        return "it is empty"
    if len(key) > MAX_LENGTH:
        return f"it has {len(key):,} characters, and a key has at most {MAX_LENGTH}"
    strange = _STRANGE.search(key)
    if strange is not None:
        return f"{_described(strange.group())} is no lower-case letter, digit or dash"
    if _KEY.fullmatch(key) is None:
        return "it begins or ends with a dash"
    return "Windows keeps this name for a device" if key in _DEVICES else ""


def _described(character: str) -> str:
    if character == " ":
        return "a blank"
    return f"`{character}`" if character.isprintable() else f"the character U+{ord(character):04X}"


def _cut(key: str) -> str:
    return key if len(key) <= _SHOWN else f"{key[:_SHOWN]}…"
