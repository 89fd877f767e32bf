"""Syntax errors of JavaScript, in the words of those who write it."""

from functools import lru_cache

from xchange_cli.javascript.reading.brackets import CLOSERS, QUOTES, Brackets, Opened, brackets
from xchange_cli.javascript.reading.faults import Fault
from xchange_cli.javascript.reading.first_error import FirstError, first_error
from xchange_cli.javascript.reading.out_of_place import out_of_place
from xchange_cli.javascript.reading.tree import Code, read

_LONGEST_WORD = 30
_NO_VALUES = frozenset(["case", "catch", "else", "finally", "in", "instanceof", "of", "return"])
_TOO_EARLY = "the code ends too early: something is missing here"


@lru_cache(maxsize=64)
def syntax_errors(code: str) -> tuple[Fault, ...]:
    """Give the first syntax error of a module, or else each statement that its kind of module does not have.

    What runs is never reported; some of what does not run is not found (`break` outside of a loop, for example).
    """
    tree = read(code)
    found = first_error(tree)
    if found is None:
        return tuple(out_of_place(tree))
    around = brackets(tree, found.start)
    return () if _is_beyond_the_parser(tree, found, around) else (_explained(tree, found, around),)


@lru_cache(maxsize=64)
def function_errors(code: str) -> tuple[Fault, ...]:
    """Do the same for the text of a function: an expression, or statements that end with one."""
    as_expression = _expression_errors(code.rstrip("; \t\r\n"))
    as_statements = syntax_errors(code) if as_expression else ()
    if not as_expression or not as_statements:
        return ()
    return max(as_expression, as_statements, key=lambda faults: faults[0].start)


def _expression_errors(expression: str) -> tuple[Fault, ...]:
    """Read an expression in parentheses of ours; an error at the closing one is the end of the expression."""
    found = syntax_errors(f"({expression}\n)")
    if found and found[0].start > len(expression):
        found = syntax_errors(f"({expression}")
    if found and found[0].start == 0:
        return (Fault(max(0, len(expression) - 1), len(expression), _TOO_EARLY),)
    return tuple(fault._replace(start=fault.start - 1, end=fault.end - 1) for fault in found)


def _is_beyond_the_parser(code: Code, error: FirstError, around: Brackets) -> bool:
    """Tell whether the parser refuses what JavaScript may allow: it does so in a few rare cases.

    A list that begins a line behind an arrow function without `;`, `yield` and `using` as names, escapes of a tagged
    template, and comments that begin with `<!--`.
    """
    before = code.data[: error.start].rstrip()
    if before.endswith((b"yield", b"using")) or b"<!--" in before.rpartition(b"\n")[2]:
        return True
    innermost = around.unclosed[-1] if around.unclosed else None
    if innermost is not None and innermost.mark == "`":
        return code.data.startswith(b"\\", error.start)
    return any(opened.mark == "[" and _follows_block(code.data[: opened.start]) for opened in around.unclosed)


def _follows_block(before: bytes) -> bool:
    code = before.rstrip()
    return code.endswith(b"}") and b"\n" in before[len(code) :]


def _explained(code: Code, error: FirstError, around: Brackets) -> Fault:
    innermost = around.unclosed[-1] if around.unclosed else None
    word = code.data[error.start : error.end].decode("utf-8", "replace")
    if innermost is not None and innermost.mark in QUOTES and word.startswith("\\"):
        return Fault(
            *_offsets(code, error.start, error.start + 1), "no such escape", "A backslash itself is `\\\\`."
        )
    if innermost is not None and innermost.mark in QUOTES:
        return _unclosed_text(code, innermost)
    comment = _unclosed_comment(code)
    if comment is not None and (not word or comment <= error.start <= comment + 2):
        return Fault(*_offsets(code, comment, comment + 2), "the comment is not closed", "Add `*/`.")
    if not word:
        return _ended(code, around.suspect if innermost else None, innermost)
    offsets = _offsets(code, error.start, error.end)
    if innermost is not None and _misses_closer(code, innermost, error, word):
        closer = CLOSERS[innermost.mark]
        return Fault(*offsets, f"`{closer}` is missing before `{word}`")
    if word in CLOSERS.values() and not any(CLOSERS.get(opened.mark) == word for opened in around.unclosed):
        return Fault(
            *offsets, f"unexpected `{word}`", "It closes nothing: no bracket of its kind is open here."
        )
    return Fault(*offsets, f"unexpected `{_cut(word)}`", _missing_before(word))


def _unclosed_comment(code: Code) -> int | None:
    start = code.data.rfind(b"/*")
    return start if start > code.data.rfind(b"*/") else None


def _unclosed_text(code: Code, quote: Opened) -> Fault:
    end = len(code.data)
    if quote.mark != "`":
        line_end = code.data.find(b"\n", quote.start)
        end = line_end if line_end >= 0 else end
        text = code.data[quote.start : end].rstrip()
        return Fault(
            *_offsets(code, quote.start, quote.start + len(text)),
            f"the text is not closed: `{quote.mark}` is missing",
        )
    return Fault(
        *_offsets(code, quote.start, quote.start + 1), "the template is not closed: a backquote is missing"
    )


def _ended(code: Code, suspect: Opened | None, innermost: Opened | None) -> Fault:
    opened = suspect or innermost
    if opened is not None:
        offsets = _offsets(code, opened.start, opened.start + len(opened.mark))
        return Fault(*offsets, f"`{opened.mark}` is never closed", f"`{CLOSERS[opened.mark]}` is missing.")
    end = len(code.data.rstrip())
    return Fault(*_offsets(code, max(0, end - 1), end), _TOO_EARLY)


def _misses_closer(code: Code, innermost: Opened, error: FirstError, word: str) -> bool:
    """Whether a bracket opened on the same line should have been closed before a word."""
    is_same_line = b"\n" not in code.data[innermost.start : error.start]
    closer = CLOSERS[innermost.mark]
    ends_more = (word in CLOSERS.values() and word != closer) or (word == ";" and closer != "}")
    return is_same_line and ends_more


def _missing_before(word: str) -> str:
    is_value = word not in _NO_VALUES and (word[0].isalnum() or word[0] in "_$'\"`")
    return "Something is missing before it, perhaps a comma, an operator or a bracket." if is_value else ""


def _cut(word: str) -> str:
    line = word.splitlines()[0]
    return line if len(line) <= _LONGEST_WORD else f"{line[:_LONGEST_WORD]}…"


def _offsets(code: Code, start: int, end: int) -> tuple[int, int]:
    return code.offset(start), code.offset(end)
