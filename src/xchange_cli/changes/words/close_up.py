"""Long texts of one line, from where they differ."""

_ROOM = 66
"""Characters that a line of a report shows."""
_BEFORE = 16
_LEFT_OUT = "…"


def close_up(old: str, new: str) -> tuple[str, str]:
    """Leave out the equal beginning and end of two texts that are too long to be shown whole."""
    if max(len(old), len(new)) <= _ROOM or old == new:
        return old, new
    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    last = next((at for at in range(shorter - first) if old[-1 - at] != new[-1 - at]), shorter - first)
    start = 0 if first <= _ROOM // 2 else first - _BEFORE
    end = max(0, last - _BEFORE)
    return _part(old, start, end), _part(new, start, end)


def _part(text: str, start: int, end: int) -> str:
    """Give the text from `start`, without its last `end` characters where it would still be too long."""
    if len(text) - start <= _ROOM:
        end = 0
    shown = text[start : len(text) - end]
    return f"{_LEFT_OUT if start else ''}{shown}{_LEFT_OUT if end else ''}"
