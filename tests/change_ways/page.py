"""The page `docs/change-detection.md`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from change_ways.histories import Outcome
from change_ways.tally import Tally, tally, total
from change_ways.trial import Trial
from change_ways.way import Way

_PAGE = """\
# Change detection

Does `xchange diff` report everything that changes, as what it is, and nothing else? And does a merge by parts keep what
both branches meant? A harness changes correct integrations on purpose and looks. It is in
[`tests/change_ways`](../tests/change_ways). `python scripts/changes_found.py` prints what it finds and writes this page
with `--write`; `python scripts/histories.py` merges more, and the history of any git repository.

## The figures

| | tried | right | not reported | reported for nothing |
|---|---:|---:|---:|---:|
| one change ({ways} ways, all {kinds} kinds in all their grades) | {changes} |
| two changes at different places | {pairs} |
| defaults and orders that mean nothing ({same_ways} ways) | {unchanged} |
| other formats of the same ({formats} formats) | {written} |

| where | ways | tried | right |
|---|---:|---:|---:|
{families}

## How it is counted

- {files} correct files are changed: those of [`tests/mutations/files`](../tests/mutations/files), the examples, and
  generated ones, each of another make. `validate` finds no error in them.
- Each way is one change of the plain data of a file, such as giving a step another name with all references. It says
  which kind and which grade that is. It is tried in up to {sites} files, always at the same places.
- A trial is right when each change is reported once, with its kind, its grade and at its part, and nothing else is.
- Two changes are made at places that have nothing to do with each other. What the format says in one field, such as a
  schedule with its time zone, is told in one; so two changes of it count as one place.
- What changes nothing is tried too: keys in another order, quotes, folded lines, comments, aliases, one line for all;
  defaults written out and left out.

The ways were written from the format, by those who wrote the program. So the figures tell that what is known to matter
is found and goes on being found; they do not tell which changes nobody has thought of.

## Two branches

One to three such changes are made on each of two branches of a file, and both are merged: by git (`git merge-file`) and
by parts.

| of {histories} histories | |
|---|---:|
{outcomes}

{findings}
"""
_FINDINGS = """\
Where the two differ, it was looked up who is right, in this sample and in others. The merge by parts asks where each
branch changed another line of what is one decision, such as retries or a schedule, and where one removed what the other
uses anew or moved elsewhere. Git leaves the old name where one branch renamed what the other uses anew, also in
`renameAttributes`; it keeps, in its new place, what one branch only moved within its list and the other removed; and
where parts have moved, it takes lines that look alike for the same, and has changed another step than the one that was
meant."""


class Found(NamedTuple):
    """All that the harness has tried."""

    ways: Mapping[Way, Sequence[Trial]]
    pairs: Sequence[Trial]
    formats: Sequence[Trial]
    histories: Counter[Outcome]


def page(found: Found, *, files: int, kinds: int, formats: int, sites: int) -> str:
    tallies = {way: tally(trials) for way, trials in found.ways.items()}
    changes = {way: one for way, one in tallies.items() if way.is_change}
    same = {way: one for way, one in tallies.items() if not way.is_change}
    return _PAGE.format(
        ways=len(changes),
        same_ways=len(same),
        kinds=kinds,
        formats=formats,
        changes=_cells(total(changes.values())),
        unchanged=_cells(total(same.values())),
        pairs=_cells(tally(found.pairs)),
        written=_cells(tally(found.formats)),
        families=_families(tallies),
        files=files,
        sites=sites,
        histories=f"{found.histories.total():,}",
        outcomes="\n".join(f"| {one} | {found.histories[one]:,} |" for one in Outcome),
        findings=_FINDINGS,
    )


def _cells(found: Tally) -> str:
    return " | ".join(f"{number:,}" for number in found)


def _families(tallies: Mapping[Way, Tally]) -> str:
    names = dict.fromkeys(way.family for way in tallies)
    return "\n".join(
        _row(name, [one for way, one in tallies.items() if way.family == name]) for name in names
    )


def _row(name: str, tallies: Sequence[Tally]) -> str:
    found = total(tallies)
    return f"| {name} | {len(tallies)} | {found.trials} | {found.right} |"
