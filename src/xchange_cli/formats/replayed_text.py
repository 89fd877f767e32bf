"""A step of a recorded run for people: its attempts, and the last of them with inputs and result."""

from typing import TextIO

from xchange_cli.formats.cells import showable, width
from xchange_cli.formats.failure_text import origin_of
from xchange_cli.formats.folding import cut, fold
from xchange_cli.formats.running.answer import LONGEST_LINE, MAX_LINES
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.values import compact, jsonable, pretty
from xchange_cli.formats.words import WIDTH, count
from xchange_cli.record.look import Call, StepLook
from xchange_cli.record.names import RUNNING

MOST_CALLS = 20
_LONGEST_INPUT = 1_000


def render(look: StepLook, out: TextIO) -> None:
    style = Style.of(out)
    last = look.calls[-1]
    action = f"{last.action} of {last.component}" if last.action else "no action"
    out.write(f"{style.paint('bold', showable(look.step.name))} ({look.step.ref}, {action})\n")
    out.write(f"in run {look.run.entry.run_id}\n")
    if len(look.calls) > 1:
        _write_calls(look.calls, out, style)
        out.write(f"\n{style.paint('bold', showable(last.path))}\n")
    _write_inputs(look, last, out, style)
    _write_outcome(look, last, out, style)
    _write_said(last, out, style)


def _write_calls(calls: tuple[Call, ...], out: TextIO, style: Style) -> None:
    out.write("\n")
    left_out = len(calls) - MOST_CALLS
    rows = [
        (call.path, call.status, f"{call.milliseconds:.1f} ms", _short(call)) for call in calls[-MOST_CALLS:]
    ]
    out.writelines(table(("CALL", "STATUS", "TIME", "RESULT"), rows, style))
    if left_out > 0:
        out.write(f"{count(left_out, 'call')} before these; --output json shows all\n")


def _short(call: Call) -> str:
    return cut(call.failure.message if call.failure else compact(call.result) if call.is_done else "", WIDTH)


def _write_inputs(look: StepLook, call: Call, out: TextIO, style: Style) -> None:
    shown = {key: value for key, value in call.inputs.items() if value is not None}
    if not shown:
        return
    out.write(f"\n{style.paint('bold', 'inputs')}\n")
    for key, value in shown.items():
        given = look.step.inputs.get(key)
        origin = f"← {origin_of(given, look.run.origins)}" if given else "← default of the component"
        _write_input(f"{key} = {cut(compact(value), _LONGEST_INPUT)}", origin, out, style)


def _write_input(text: str, origin: str, out: TextIO, style: Style) -> None:
    """Write value and origin on one line where they fit."""
    first, *more = fold(text, WIDTH - 4)
    if not more and width(first) + width(origin) + 4 <= WIDTH:
        out.write(f"  {first}  {style.paint('dim', showable(origin))}\n")
        return
    out.write(f"  {first}\n")
    out.writelines(f"    {line}\n" for line in more)
    out.writelines(f"    {style.paint('dim', line)}\n" for line in fold(origin, WIDTH - 4))


def _write_outcome(look: StepLook, call: Call, out: TextIO, style: Style) -> None:
    if call.failure is not None:
        out.write(f"\n{style.paint('error', 'failed')} ({call.failure.kind})\n")
        _write_lines(call.failure.message.splitlines(), out)
    elif not call.is_done:
        is_running = look.run.entry.status == RUNNING
        out.write(
            "\nit is under way\n" if is_running else "\nit was under way when the run was interrupted\n"
        )
    else:
        branch = f" → {call.branch}" if call.branch is not None else ""
        out.write(f"\n{style.paint('bold', 'result')}{showable(branch)}\n")
        value = jsonable(call.result)
        _write_lines(value.splitlines() if isinstance(value, str) else pretty(value).split("\n"), out)
    if call.child:
        out.write(f"\nthe called flow ran as {call.child}\n")


def _write_lines(lines: list[str], out: TextIO) -> None:
    out.writelines(f"  {cut(line, LONGEST_LINE)}\n" for line in lines[:MAX_LINES])
    if len(lines) > MAX_LINES:
        out.write(f"  … {count(len(lines) - MAX_LINES, 'more line')}; --output json shows all\n")


def _write_said(call: Call, out: TextIO, style: Style) -> None:
    said = [f"{line.level} {line.message}" for line in call.logs]
    said += [f"warning: {message}" for message in call.warnings]
    if said:
        out.write(f"\n{style.paint('bold', 'log')}\n")
        out.writelines(f"  {piece}\n" for text in said for piece in fold(text, WIDTH - 2))
