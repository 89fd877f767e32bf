"""The page `docs/fault-detection.md`."""

from collections.abc import Mapping, Sequence
from textwrap import fill

from mutations.harness import Mutation, Trial
from mutations.known_misses import KNOWN_MISSES
from mutations.tally import Tally, tally, total

_WIDTH = 118
_PAGE = """\
# Fault detection

How much of what people do wrong does `xchange validate` find, and does it point at the right place? A harness breaks
correct files in {mutations} ways and looks. It is in [`tests/mutations`](../tests/mutations); `python scripts/faults.py`
prints the whole table and writes this page.

## The figures

| | caught at the right place |
|---|---|
| ways to break a file | {caught_mutations} of {mutations} ({share:.1%}) |
| single breakages | {caught} of {sites} ({share_of_sites:.1%}); {elsewhere} found elsewhere, {missed} missed |

| family | ways | caught | breakages | caught |
|---|---:|---:|---:|---:|
{families}

## How it is counted

- {files} correct files are broken, those of [`tests/mutations/files`](../tests/mutations/files) and the examples.
  Nothing is found in them as they are.
- Each way is one mistake that a person makes, such as renaming a step but not its readers, and is surely wrong. It is
  tried at up to {limit} places of each file, always the same ones, one at a time.
- A breakage is caught when there is a new error or warning whose first line is where a person would look. That is
  mostly the line that was changed; for a renamed step, the lines that still use the old name; for what is missing
  from a step, the lines of its name, action and inputs.
- A way is caught when each of its breakages is.

The ways were written by those who wrote the rules. So the figures tell which kinds of mistake are found, and that they
go on being found; they do not tell what share of your mistakes will be.

## What is missed

{misses}
"""


def page(trials: Mapping[Mutation, Sequence[Trial]], files: int, limit: int) -> str:
    """Write the page; `limit` is how many places of a file were tried for each mutation."""
    tallies = {mutation: tally(found) for mutation, found in trials.items()}
    everything = total(tallies.values())
    return _PAGE.format(
        **everything._asdict(),
        missed=everything.missed,
        share=everything.share,
        share_of_sites=everything.share_of_sites,
        families=_families(tallies),
        files=files,
        limit=limit,
        misses=misses(),
    )


def misses() -> str:
    lines = (f"- **{name[0].upper()}{name[1:]}.** {reason}" for name, reason in KNOWN_MISSES.items())
    return "\n".join(fill(line, _WIDTH, subsequent_indent="  ", break_on_hyphens=False) for line in lines)


def _families(tallies: Mapping[Mutation, Tally]) -> str:
    names = dict.fromkeys(mutation.family for mutation in tallies)
    return "\n".join(_row(name, tallies) for name in names)


def _row(family: str, tallies: Mapping[Mutation, Tally]) -> str:
    found = total(one for mutation, one in tallies.items() if mutation.family == family)
    return f"| {family} | {found.mutations} | {found.caught_mutations} | {found.sites} | {found.caught} |"
