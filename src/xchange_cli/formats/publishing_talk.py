"""What publishing has to say beside the versions themselves: what was there already, what failed, what to do next."""

from collections.abc import Iterable
from typing import TextIO

from xchange_cli.authoring.layout import shell_word
from xchange_cli.errors import XchangeError
from xchange_cli.formats import error_text, findings_text, warning_text
from xchange_cli.formats.cells import showable
from xchange_cli.formats.change_tree import tree
from xchange_cli.formats.style import Style
from xchange_cli.formats.version_verdict import external_line, meant, verdict_line
from xchange_cli.formats.words import wrapped
from xchange_cli.release.publishing.outcome import Fate, Outcome, PublishResult


def render(result: PublishResult, out: TextIO) -> None:
    if not result.outcomes:
        out.write("nothing has changed since the newest versions; nothing to publish\n")
    for one in result.outcomes:
        findings_text.render(one.findings, out)
        out.writelines(f"{line}\n" for line in tree(one.refused, Style.of(out)))
        _say(one, out)
    warn(result, out)
    for error in _errors(result):
        error_text.render(error, out)
    if not result.has_git and result.versions:
        warning_text.render(
            "there is no git repository here, so the versions do not say which commit they are of", out
        )
    _say_what_is_next(result, out)


def _say(one: Outcome, out: TextIO) -> None:
    number = one.manifest.number if one.manifest is not None else 0
    if one.fate is Fate.ALREADY:
        out.write(f"{showable(one.key)}: already published as {number}\n")
    elif one.fate is Fate.WOULD:
        out.write(f"{showable(one.key)}: would be published as {number}\n")
    _say_what_it_means(one, out)
    for sentence in one.said:
        warning_text.render(f"{one.key}: {sentence}", out)


def _say_what_it_means(one: Outcome, out: TextIO) -> None:
    """Say it of a new version, with what must be done where it breaks, and with its number elsewhere."""
    if one.manifest is None:
        return
    line = verdict_line(one)
    if line:
        out.write(f"{wrapped(line)}\n")
        out.writelines(f"{wrapped(said, '  ')}\n" for said in meant(one.manifest, one.change_set))
    number = external_line(one)
    if number:
        out.write(f"{wrapped(number)}\n")


def _errors(result: PublishResult) -> Iterable[XchangeError]:
    """Give what went wrong, each error once: several integrations may have failed for the same reason."""
    errors = [one.error for one in result.outcomes if one.error is not None]
    if result.trouble is not None:
        errors.append(result.trouble)
    return {id(error): error for error in errors}.values()


def warn(result: PublishResult, out: TextIO) -> None:
    """Say what is to be known whatever else is told."""
    for sentence in result.said:
        warning_text.render(sentence, out)


def _say_what_is_next(result: PublishResult, out: TextIO) -> None:
    if result.pushed_to and not result.commit:
        out.write(f"pushed to {showable(result.pushed_to)}\n")
    elif result.pushed_to:
        out.write(f"committed as {result.commit[:10]} and pushed to {showable(result.pushed_to)}\n")
    elif result.commit:
        out.write(f"committed as {result.commit[:10]}, not pushed\n")
    if result.ignored:
        warning_text.render(
            f"git ignores {result.ignored}, though it has other files of the registry: nobody else gets these "
            "versions. Take them out of .gitignore, then commit the registry.",
            out,
        )
    if result.to_commit is not None:
        words, message = " ".join(map(shell_word, result.to_commit.paths)), result.to_commit.message
        out.write(
            wrapped("The registry is in git: commit these versions and push them, or nobody else gets them.")
            + "\n"
        )
        out.write(f"  git add {words} && git commit -m {shell_word(message)}\n")
