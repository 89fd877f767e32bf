"""Every command's help says what it is for, shows it at work, and names its exit codes."""

import itertools
import re
import shlex
from pathlib import Path

import pytest
import typer

from xchange_cli.cli.app import PROGRAM, app
from xchange_cli.cli.exits import Exit
from xchange_cli.cli.help_text import flowed

SESSIONS = Path(__file__).parents[2] / "scripts" / "docs" / "sessions"
WIDTH = 78
ROOT = typer.main.get_command(app)


def below(command, *words):
    yield words, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from below(inner, *words, name)


ALL = dict(below(ROOT))
ACTING = {words: command for words, command in ALL.items() if not hasattr(command, "commands")}
by_name = pytest.mark.parametrize("words", ALL, ids=lambda words: "-".join(words) or PROGRAM)
acting_by_name = pytest.mark.parametrize("words", ACTING, ids="-".join)


def block(command, title):
    """Give the lines of an indented block of the help, or nothing."""
    found = re.search(rf"^{title}:\n\n((?:  .*(?:\n|$))+)", command.help, re.MULTILINE)
    return [line[2:] for line in found[1].splitlines()] if found else []


@by_name
def test_a_help_begins_with_one_line_that_says_what_the_command_is_for(words):
    first, _, rest = ALL[words].help.partition("\n")
    assert re.fullmatch(r"[A-Z].{10,110}\.", first)
    assert rest.startswith("\n")


@by_name
def test_a_help_shows_the_command_at_work_at_least_twice(words):
    examples = block(ALL[words], "Examples")
    assert len(examples) >= 2
    assert all(" ".join((PROGRAM, *words)) in example or is_default(words, example) for example in examples)


def is_default(words, example):
    """Tell whether the word of the command may be left out: `xchange runs` is `xchange runs list`."""
    return ROOT.commands[words[0]].default == words[-1] and " ".join((PROGRAM, *words[:-1])) in example


@by_name
def test_every_example_is_understood_by_the_command(words):
    for example in [*block(ALL[words], "Examples"), *block(ALL[words], "First steps")]:
        understand(re.split(r" {2,}", example)[0])


def understand(example):
    """Parse what stands behind the program's name, up to what belongs to the shell; nothing is run."""
    mine = f"{example} ".partition(f"{PROGRAM} ")[2]
    words = itertools.takewhile(lambda word: word not in {"|", "<", ">", ";", "&&"}, shlex.split(mine))
    parse(ROOT, list(words))


def parse(command, arguments):
    """Follow the commands to the one that acts; typer raises where an option or an argument does not exist."""
    if not hasattr(command, "commands"):
        command.make_context(command.name, list(arguments))
        return
    default = getattr(command, "default", "")
    named = arguments[0] if arguments and arguments[0] in command.commands else default
    assert named, f"{arguments} names no command"
    parse(command.commands[named], arguments[1:] if arguments[:1] == [named] else arguments)


@acting_by_name
def test_a_help_lists_the_exit_codes_that_the_command_can_end_with(words):
    rows = [row.split(None, 1) for row in block(ACTING[words], "Exit codes") if not row.startswith(" ")]
    codes = [int(code) for code, _ in rows]
    assert codes == sorted({Exit.OK, *codes})
    assert set(codes) <= set(Exit)


def test_the_help_of_the_program_lists_the_exit_codes_of_all_commands():
    rows = block(ROOT, "Exit codes that any command can end with, beside its own")
    assert {int(row.split()[0]) for row in rows} == {
        Exit.OK,
        Exit.USAGE,
        Exit.BUG,
        Exit.INTERRUPTED,
        Exit.READER_GONE,
    }


@by_name
def test_a_help_is_shown_at_80_columns_as_it_is_written(words, xchange):
    """No line of a block is broken, and no character is taken for markup."""
    shown = [line.rstrip() for line in xchange(*words, "--help").out.splitlines()]
    for line in filter(lambda line: line.startswith("  "), ALL[words].help.splitlines()):
        assert len(line) <= WIDTH
        assert f" {line}".rstrip() in shown
    assert max(map(len, shown)) <= 80


def test_every_command_has_a_console_session_for_its_page():
    of = {"-".join(words): words[0] for words in ALL if words}
    assert {of.get(file.stem) for file in SESSIONS.iterdir()} == set(ROOT.commands)


def test_paragraphs_flow_and_indented_blocks_do_not():
    text = """Do it.

    A sentence that goes on
    and on.

    Examples:

      xchange do
      xchange do --twice
    """
    assert flowed(text) == (
        "Do it.\n\nA sentence that goes on and on.\n\nExamples:\n\n  xchange do\n  xchange do --twice"
    )


def test_a_row_that_is_too_long_goes_on_below_its_second_column():
    text = f"Do it.\n\nExit codes:\n\n  0   {'done ' * 20}\n  11  {'failed ' * 2}failed"
    assert flowed(text).splitlines()[4:] == [
        f"  0   {'done ' * 14}".rstrip(),
        f"      {'done ' * 6}".rstrip(),
        "  11  failed failed failed",
    ]
