"""Options whose value may be left out, on a small program of their own."""

from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from xchange_cli.cli.optional_value import OptionalValues, allow_writes_option, with_values


def program():
    app = typer.Typer()

    @app.command(cls=OptionalValues)
    def run(
        target: str = "",
        *,
        name: Annotated[str, typer.Argument()] = "nothing",
        allow_writes: Annotated[list[str] | None, allow_writes_option()] = None,
    ) -> None:
        typer.echo([name, target, *(allow_writes or ())])

    @app.command()
    def other(allow_writes: Annotated[str, typer.Option()] = "") -> None:
        typer.echo(allow_writes)

    return app


def said(*arguments):
    result = CliRunner().invoke(program(), list(arguments), catch_exceptions=False)
    return result.output.strip()


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        ([], []),
        (["--allow-writes"], ["*"]),
        (["--allow-writes=api.acme.test"], ["api.acme.test"]),
        (["--allow-writes=a", "--allow-writes", "--allow-writes=b"], ["a", "*", "b"]),
    ],
)
def test_the_value_may_be_left_out_and_the_option_repeated(arguments, allowed):
    assert said("run", *arguments) == str(["nothing", "", *allowed])


def test_a_bare_option_does_not_take_the_next_argument():
    assert said("run", "--allow-writes", "acme", "--target", "t") == str(["acme", "t", "*"])


def test_a_blank_before_the_value_is_told():
    for words in (["acme", "--allow-writes", "api.acme.test"], ["--allow-writes", "api.acme.test", "acme"]):
        assert "write --allow-writes=api.acme.test, without a blank" in said("run", *words)


def test_a_word_too_many_that_is_no_value_is_told_as_ever():
    assert "unexpected extra argument" in said("run", "acme", "other", "--allow-writes")


def test_an_empty_pattern_is_refused():
    assert "the pattern is empty" in said("run", "--allow-writes=")


def test_behind_two_dashes_there_are_no_options():
    assert said("run", "--", "--allow-writes") == str(["--allow-writes", ""])


def test_commands_of_another_class_parse_as_ever():
    assert said("other", "--allow-writes", "x") == "x"


def test_only_the_options_of_the_command_get_values():
    assert list(with_values(["--allow-writes", "--", "--allow-writes"], [])) == [
        "--allow-writes",
        "--",
        "--allow-writes",
    ]


def test_the_help_shows_that_the_value_is_optional():
    assert "[=PATTERN]" in said("run", "--help")
