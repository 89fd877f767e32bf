"""Which conflicts were settled, and which are left, for people."""

from typing import TextIO

from xchange_cli.authoring.layout import shell_word
from xchange_cli.formats.cells import showable
from xchange_cli.formats.style import Style
from xchange_cli.formats.upstream_words import conflict_lines, file_conflict_lines, ways_out, where
from xchange_cli.formats.validation_counts import counts_line
from xchange_cli.formats.words import count, wrapped
from xchange_cli.release.upstream.resolve import Resolved


def render(done: Resolved, out: TextIO) -> None:
    style = Style.of(out)
    out.writelines(
        wrapped(f"{done.side} in {where(one)}", f"{style.paint('ok', 'settled')} ") + "\n"
        for one in done.settled
    )
    out.writelines(
        wrapped(f"{done.side} in {name}", f"{style.paint('ok', 'settled')} ") + "\n"
        for name in done.settled_files
    )
    number = len(done.left) + len(done.left_files)
    if number:
        out.write(f"{style.paint('error', count(number, 'conflict'))} left\n")
        out.writelines(conflict_lines(done.left))
        out.writelines(file_conflict_lines(done.target.name, done.left_files))
        out.writelines(ways_out(done.left, done.left_files, done.target.key))
    elif done.result is not None:
        out.write("no conflict is left\n")
        out.write(counts_line(done.result, done.target.key, style))
        if done.is_of_git:
            out.write(f"next: git add {shell_word(showable(done.target.name))}\n")
