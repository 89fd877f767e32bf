"""What libyaml complains about, in words that help."""

import re
from collections.abc import Callable
from dataclasses import replace

from yaml import MarkedYAMLError
from yaml.reader import ReaderError
from yaml.tokens import ScalarToken

from xchange_cli.diagnostics import Diagnostic, Fix, Related, Severity
from xchange_cli.document.merge_conflicts import left_mark
from xchange_cli.document.syntax_scene import Line, Scene, Token
from xchange_cli.source import Source, Span

RULE = "yaml-syntax"
BARE_TEMPLATE = re.compile(r"\{\{[^{}\r\n]*\}\}")

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TABS = re.compile(r"\t+")
_TEMPLATE = re.compile(r"\{\{[^{}\r\n]*(?:\}\})?")
_NO_BLANK = re.compile(r"(?:- +)*[\w-]+:(?=[^\s/])")
_DASHES = re.compile(r"(?:- +)*")
_BLOCK_START = re.compile(r"[|>][-+1-9]*$")
_QUOTE_IT = "Put the text in quotes."
_QUOTE_TEMPLATE = "Put the whole text in quotes: YAML takes a bare `{{` for a mapping."
_INDENT = "Check the indentation of this line and of the one above."
_ESCAPES = {"x": "two", "u": "four", "U": "eight"}


def syntax_diagnostic(source: Source, error: Exception) -> Diagnostic:
    """Turn what the parser raised into a finding at its place."""
    if isinstance(error, ReaderError | UnicodeEncodeError):
        return _unprintable(source)
    conflict = left_mark(source)
    if conflict is not None:
        return conflict
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        return _marked(source, error, error.problem_mark.index)
    return _report(source, 0, 0, f"not YAML: {error}", "")


def bare_template(span: Span) -> Diagnostic:
    """Report `{{$name}}` without quotes, which YAML reads as a mapping in a mapping."""
    return _template(Scene(span.source, span.start, span.start), span.start)


def _unprintable(source: Source) -> Diagnostic:
    match = _FORBIDDEN.search(source.text)
    offset = match.start() if match else 0
    code = ord(source.text[offset])
    if code == 0:
        message = "a NUL character is not allowed in YAML"
        return _report(source, offset, offset + 1, message, "Is this UTF-16, or no text? Save it as UTF-8.")
    message = f"the control character U+{code:04X} is not allowed in YAML"
    hint = "Remove the character, or write it as an escape in double quotes."
    return _report(source, offset, offset + 1, message, hint)


def _marked(source: Source, error: MarkedYAMLError, index: int) -> Diagnostic:
    offset = min(index, len(source.text))
    context = error.context_mark.index if error.context_mark is not None else offset
    scene = Scene(source, offset, min(context, offset))
    problem = str(error.problem)
    for words, explain in _EXPLAIN:
        if words in problem:
            return explain(scene)
    return _report(source, offset, offset + 1, f"not YAML: {problem}", _QUOTE_IT)


def _bad_start(scene: Scene) -> Diagnostic:
    if scene.found == "\t":
        return _tab(scene)
    return _unquoted(scene, scene.offset)


def _unquoted(scene: Scene, start: int) -> Diagnostic:
    mark = scene.source.text[start : start + 1]
    name = "a backquote" if mark == "`" else f"`{mark}`"
    message = f"unquoted text cannot start with {name}"
    return _report(scene.source, start, start + 1, message, _QUOTE_IT, fixes=scene.quoting(start))


def _unquoted_context(scene: Scene) -> Diagnostic:
    return _unquoted(scene, scene.context)


def _no_value(scene: Scene) -> Diagnostic:
    """A value in brackets that cannot start, or that the end of the file has cut off."""
    bracket = scene.open_bracket
    if bracket is not None and scene.offset >= len(scene.source.text.rstrip()):
        return _open_bracket(replace(scene, context=bracket.start))
    return _unquoted(scene, scene.offset)


def _tab(scene: Scene) -> Diagnostic:
    match = _TABS.match(scene.source.text, scene.offset)
    end = match.end() if match else scene.offset + 1
    return _report(
        scene.source, scene.offset, end, "a tab cannot indent YAML", "Use spaces in place of the tab."
    )


def _second_colon(scene: Scene) -> Diagnostic:
    """`: ` where no value can start: twice in a line, below a line without colon, or too far to the right."""
    start = scene.value_start()
    above = scene.line_above
    if scene.line.start < start < scene.offset:
        return _colon_in_text(scene, start)
    if above is not None and not re.search(r":(\s|$)|^- ", above.text):
        return _no_key(scene.source, above)
    message = "this line is indented like a part of the line above, which has its value already"
    return _line_report(scene, scene.line, message, _INDENT)


def _colon_in_text(scene: Scene, start: int) -> Diagnostic:
    end = scene.offset + 1
    fixes = () if scene.source.text[start] in "'\"" else scene.quoting(start)
    return _report(
        scene.source, scene.offset, end, "`: ` cannot stand in unquoted text", _QUOTE_IT, fixes=fixes
    )


def _missing_colon(scene: Scene) -> Diagnostic:
    return _no_key(scene.source, scene.line_at(scene.source.position(scene.context).line))


def _no_key(source: Source, line: Line) -> Diagnostic:
    match = _NO_BLANK.match(line.text)
    if match:
        end = line.start + match.end()
        return _report(source, end - 1, end, "a blank is missing after this `:`", "Write `key: value`.")
    hint = "Add the missing `:`, or indent the line further if it goes on with the text above."
    return _report(source, line.start, line.end, "this line is no `key: value`", hint)


def _out_of_line(scene: Scene) -> Diagnostic:
    """A token where a key or a list item must stand."""
    last = scene.last_token
    if not scene.before.strip():
        return _wrong_indent(scene)
    if last is not None and last.quote:
        return _after_quote(scene, last)
    if scene.after_bracket:
        return _after_bracket(scene)
    end = max(scene.offset + 1, scene.line.end)
    hint = "Put text with special characters in quotes."
    return _report(scene.source, scene.offset, end, "this cannot stand here", hint)


def _after_quote(scene: Scene, text: Token) -> Diagnostic:
    source = scene.source
    if _lines_of(scene, text) > 1:
        message = f"the text that starts with this quote ends only in line {source.position(text.end).line}"
        hint = "Add the closing quote where the text ends."
        return _report(source, text.start, text.start + 1, message, hint)
    how = "`''`" if text.quote == "'" else '`\\"`'
    hint = f"Write {how} for this quote if it belongs to the text, or put all of the text in quotes."
    return _report(source, text.end - 1, text.end, "the quoted text ends here, but the line goes on", hint)


def _after_bracket(scene: Scene) -> Diagnostic:
    if scene.found in "]}":
        message = f"`{scene.found}` closes nothing"
        return _report(scene.source, scene.offset, scene.offset + 1, message, "Remove it.")
    start = scene.value_start()
    if scene.source.text.startswith("{{", start):
        return _template(scene, start)
    mark = scene.source.text[start]
    message = f"unquoted text cannot start with `{mark}`"
    fixes = scene.quoting(start)
    return _report(scene.source, start, start + 1, message, _QUOTE_IT, fixes=fixes)


def _wrong_indent(scene: Scene) -> Diagnostic:
    line, above = scene.line, scene.line_above
    if scene.found == ":":
        return _report(
            scene.source, scene.offset, scene.offset + 1, "a key is missing before this `:`", _QUOTE_IT
        )
    if above is not None and _BLOCK_START.search(above.text):
        return _long_blank_line(scene, above)
    levels = _levels(scene)
    if line.indent in levels:
        is_item = line.text.startswith("-")
        what = "a list item" if is_item else "a key"
        where = "the keys of a mapping" if is_item else "the items of a list"
        return _line_report(scene, line, f"{what} cannot stand among {where}", _INDENT)
    fits = " or ".join(map(str, _neighbours(line.indent, levels)))
    message = "this line does not line up with the lines above it"
    return _line_report(scene, line, message, f"It is indented by {line.indent}; what fits is {fits}.")


def _long_blank_line(scene: Scene, above: Line) -> Diagnostic:
    """`|` takes the indentation of the first line, even where that holds blanks only."""
    start = scene.source.line_starts[scene.source.position(above.start).line]
    end = start + len(scene.source.line(scene.source.position(start).line))
    message = "this blank line is indented further than the text below it"
    return _report(scene.source, start, end, message, "Remove the blanks of this line.")


def _levels(scene: Scene) -> list[int]:
    """Give the columns in which the open mappings and lists above start, the innermost first."""
    levels: set[int] = set()
    for line in scene.lines_above():
        if not levels or line.indent < min(levels):
            match = _DASHES.match(line.text)
            levels |= {line.indent, line.indent + (match.end() if match else 0)}
    return sorted(levels, reverse=True)


def _neighbours(indent: int, levels: list[int]) -> list[int]:
    """Give the next deeper and the next shallower level."""
    deeper = [level for level in levels if level > indent]
    return deeper[-1:] + [level for level in levels if level < indent][:1]


def _open_quote(scene: Scene) -> Diagnostic:
    start = scene.context
    message = "the text that starts with this quote never ends"
    return _report(scene.source, start, start + 1, message, "Add the closing quote.")


def _open_bracket(scene: Scene) -> Diagnostic:
    """Something in brackets that is neither a comma nor the end."""
    source, text = scene.source, scene.source.text
    bracket = text[scene.context]
    if text[scene.context - 1 : scene.context + 1] == "{{":
        return _template(scene, scene.context - 1)
    template = text.rfind("{{", scene.context, scene.offset + 2)
    if template >= 0 and (template == scene.offset or scene.after_bracket):
        return _template(scene, template)
    if scene.found and scene.found in "]}":
        message = f"`{scene.found}` cannot close what `{bracket}` has opened"
        opened = (Related(Span(source, scene.context, scene.context + 1), "opened here"),)
        return _report(
            source, scene.offset, scene.offset + 1, message, "Use matching brackets.", related=opened
        )
    if not scene.is_closed_later():
        hint = f"Add the missing `{']' if bracket == '[' else '}'}`."
        return _report(source, scene.context, scene.context + 1, "this bracket is never closed", hint)
    return _missing_comma(scene)


def _missing_comma(scene: Scene) -> Diagnostic:
    last, source, start = scene.last_token, scene.source, scene.offset
    if last is not None and last.quote and (last.end == start or _lines_of(scene, last) > 1):
        return _after_quote(scene, last)
    if last is not None and last.kind is ScalarToken and not last.quote:
        parts = source.text[last.start : last.end].split()
        if scene.found == ":" and len(parts) == 1:
            return _colon_in_text(scene, last.start)
        if last.end == start and scene.found != ":":
            message = f"`{scene.found}` cannot stand in unquoted text within brackets"
            fixes = scene.quoting(last.start)
            return _report(source, start, start + 1, message, _QUOTE_IT, fixes=fixes)
        if scene.found == ":":
            start = last.end - len(parts[-1])
    end = last.end if last is not None and start < last.end else start + 1
    hint = "Add the comma, or put text with special characters in quotes."
    return _report(source, start, end, "a `,` is missing before this", hint)


def _lines_of(scene: Scene, token: Token) -> int:
    return scene.source.position(token.end).line - scene.source.position(token.start).line + 1


def _template(scene: Scene, start: int) -> Diagnostic:
    """Report a template without quotes that starts here, or stands in text that has started before."""
    source = scene.source
    match = _TEMPLATE.match(source.text, start)
    end = match.end() if match else start + 2
    last = scene.last_token
    goes_on = last is not None and last.kind is ScalarToken and not source.text[last.end : start].strip()
    if last is not None and goes_on and start == scene.offset:
        message = "`{{` cannot stand in unquoted text within brackets"
        return _report(source, start, end, message, _QUOTE_IT, fixes=scene.quoting(last.start))
    message = "text that starts with `{{` must be in quotes"
    return _report(source, start, end, message, _QUOTE_TEMPLATE, fixes=scene.quoting(start))


def _unknown_escape(scene: Scene) -> Diagnostic:
    start = scene.source.text.rindex("\\", 0, scene.offset + 1)
    sequence = scene.source.text[start : start + 2]
    message = f"`{sequence}` means nothing in double quotes"
    hint = "Write `\\\\` for a backslash, or use single quotes."
    return _report(scene.source, start, start + 2, message, hint)


def _short_escape(scene: Scene) -> Diagnostic:
    start = scene.source.text.rindex("\\", 0, scene.offset)
    sequence = scene.source.text[start : start + 2]
    message = f"`{sequence}` must be followed by {_ESCAPES[sequence[1]]} hexadecimal digits"
    hint = "Write `\\\\` for a backslash, or use single quotes."
    return _report(scene.source, start, scene.offset, message, hint)


def _bad_code_point(scene: Scene) -> Diagnostic:
    start = scene.source.text.rindex("\\", 0, scene.offset)
    match = re.compile(r"\\.[0-9a-fA-F]+").match(scene.source.text, start)
    end = match.end() if match else scene.offset
    message = f"`{scene.source.text[start:end]}` is half of a character"
    hint = "Write the character itself: YAML does not put two `\\u` together as JSON does."
    return _report(scene.source, start, end, message, hint)


def _list_on_key_line(scene: Scene) -> Diagnostic:
    message = "a list cannot start on the line of its key"
    hint = "Start the list on a line of its own; if this is text, put it in quotes."
    return _report(scene.source, scene.offset, scene.offset + 1, message, hint)


def _behind_the_end(scene: Scene) -> Diagnostic:
    if scene.source.text.startswith("%"):
        return _directive(scene)
    message = "the document has ended above; this cannot follow"
    hint = "Remove it, or what ends the document: a `...` line, a closing bracket or a quote at its start."
    return _report(scene.source, scene.offset, scene.line.end, message, hint)


def _directive(scene: Scene) -> Diagnostic:
    message = "a line that starts with `%` is an instruction to the YAML parser"
    number = 1 if scene.source.text.startswith("%") else scene.source.position(scene.context).line
    line = scene.line_at(number)
    return _line_report(scene, line, message, "Remove the line, or put the text in quotes.")


def _line_report(scene: Scene, line: Line, message: str, hint: str) -> Diagnostic:
    return _report(scene.source, line.start, line.end, message, hint)


def _report(
    source: Source,
    start: int,
    end: int,
    message: str,
    hint: str,
    *,
    related: tuple[Related, ...] = (),
    fixes: tuple[Fix, ...] = (),
) -> Diagnostic:
    span = Span(source, start, max(start, min(end, len(source.text))))
    return Diagnostic(RULE, Severity.ERROR, message, span, hint=hint, related=related, fixes=fixes)


_EXPLAIN: tuple[tuple[str, Callable[[Scene], Diagnostic]], ...] = (
    ("found character that cannot start any token", _bad_start),
    ("found a tab character", _tab),
    ("mapping values are not allowed", _second_colon),
    ("could not find expected ':'", _missing_colon),
    ("did not find expected key", _out_of_line),
    ("did not find expected '-' indicator", _out_of_line),
    ("unexpected end of stream", _open_quote),
    ("unexpected document indicator", _open_quote),
    ("did not find expected ',' or", _open_bracket),
    ("unknown escape character", _unknown_escape),
    ("expected hexdecimal number", _short_escape),
    ("invalid Unicode character escape", _bad_code_point),
    ("expected alphabetic or numeric character", _unquoted_context),
    ("expected comment or line break", _unquoted_context),
    ("the expected '>'", _unquoted_context),
    ("expected whitespace or line break", _unquoted_context),
    ("expected tag URI", _unquoted_context),
    ("URI escaped octet", _unquoted_context),
    ("undefined tag handle", _unquoted_context),
    ("did not find expected node content", _no_value),
    ("mapping keys are not allowed", _bad_start),
    ("block sequence entries are not allowed", _list_on_key_line),
    ("expected <document start>", _behind_the_end),
    ("directive name", _directive),
    ("unexpected non-alphabetical character", _directive),
    ("incompatible YAML document", _directive),
)
"""The words of libyaml and who explains them; the first that fits counts."""
