"""Text as JavaScript counts, cuts, orders and trims it: in UTF-16 code units, not characters."""

_SPACES = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)


def trim(text: str) -> str:
    """Remove what JavaScript takes for white space; `str.strip` takes more and less for it."""
    return text.strip(_SPACES)


def utf16_length(text: str) -> int:
    """Count code units: a character outside of the basic plane counts as two."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_slice(text: str, start: int = 0, stop: int | None = None) -> str:
    """Cut as `String.prototype.slice`; a character cut in half becomes the replacement character."""
    units = text.encode("utf-16-le", "surrogatepass")
    first, last, _ = slice(start, stop).indices(len(units) // 2)
    return units[2 * first : 2 * last].decode("utf-16-le", "replace")


def utf16_order(text: str) -> bytes:
    """Give a sort key that orders texts by code units."""
    return text.encode("utf-16-be", "surrogatepass")
