"""Text of several lines in blocks, and text with escapes: line by line as the builder's writer (js-yaml) has them."""

import re

_LEADING_BLANK = re.compile(r"\n* ")
_CHUNK = re.compile(r"(\n+)([^\n]*)")
_BREAK = re.compile(r" (?=[^ ])")
_ESCAPES = {
    "\0": "\\0", "\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r",
    "\x1b": "\\e", '"': '\\"', "\\": "\\\\", "\x85": "\\N", "\xa0": "\\_", "\u2028": "\\L", "\u2029": "\\P",
}  # fmt: skip
_INDENT = "  "


def literal(text: str, indent: str) -> str:
    return f"|{_header(text)}\n{_indented(text, indent)}"


def folded(text: str, indent: str, width: int) -> str:
    return f">{_header(text)}\n{_indented(_fold(text, width), indent)}"


def has_foldable_line(text: str, width: int) -> bool:
    """Tell whether a line is too long and may be broken: one that starts with a blank may not."""
    return any(len(line) > width and not line.startswith(" ") for line in text.split("\n"))


def escaped(text: str, unprintable: re.Pattern[str]) -> str:
    """Write text in double quotes; `unprintable` finds the characters that need an escape."""
    parts = (_ESCAPES.get(one) or (_code(one) if unprintable.match(one) else one) for one in text)
    return f'"{"".join(parts)}"'


def _code(character: str) -> str:
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _header(text: str) -> str:
    """Say by how much the text is indented, where it starts with blanks itself, and what becomes of its end."""
    indent = str(len(_INDENT)) if _LEADING_BLANK.match(text) else ""
    if not text.endswith("\n"):
        return f"{indent}-"
    return f"{indent}+" if text == "\n" or text.endswith("\n\n") else indent


def _indented(text: str, indent: str) -> str:
    return "\n".join(f"{indent}{line}" if line else line for line in text.removesuffix("\n").split("\n"))


def _fold(text: str, width: int) -> str:
    """Break long lines at blanks; line breaks of the text itself are doubled, but around lines with leading blanks."""
    first = text.partition("\n")[0]
    parts = [_fold_line(first, width)]
    was_indented = text[:1] in {"\n", " "}
    for match in _CHUNK.finditer(text, len(first)):
        breaks, line = match.groups()
        is_indented = line.startswith(" ")
        extra = "\n" if line and not was_indented and not is_indented else ""
        parts += (breaks, extra, _fold_line(line, width))
        was_indented = is_indented
    return "".join(parts)


def _fold_line(line: str, width: int) -> str:
    """Break where the longest part that fits ends, or else at the first blank there is."""
    if not line or line.startswith(" "):
        return line
    parts: list[str] = []
    start = current = 0
    for match in _BREAK.finditer(line):
        following = match.start()
        if following - start > width:
            end = current if current > start else following
            parts.append(line[start:end])
            start = end + 1
        current = following
    if len(line) - start > width and current > start:
        parts.append(line[start:current])
        start = current + 1
    return "\n".join((*parts, line[start:]))
