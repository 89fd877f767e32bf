"""What a new version means for those who have the one before it deployed, in sentences."""

from collections.abc import Iterable, Iterator, Mapping

from xchange_cli.changes.change import Change, ChangeSet, Concern
from xchange_cli.changes.grade import Grade
from xchange_cli.changes.kind import ChangeKind
from xchange_cli.changes.verdict import Verdict
from xchange_cli.formats.words import count

GRADES = (Grade.BREAKING, Grade.RISKY, Grade.SAFE)
_MOST = 5

_MEANT: Mapping[Concern, str] = {
    Concern.VALUE_NEEDED: "Whoever has it deployed must give a value: {}.",
    Concern.CONNECTION_NEEDED: "Whoever has it deployed must set up or authorise a connection: {}.",
    Concern.PAGE_NEEDED: "Whoever has it deployed must fill in a page again: {}.",
    Concern.VALUE_WRONG: "Whoever has it deployed must check their values: {}.",
    Concern.VALUE_LOST: "Values that were given are dropped: {}.",
    Concern.CALLER: "Callers of {} must change.",
    Concern.DEPLOYMENT: "What was done on deployment is not done any more: {}.",
    Concern.DATA: "Other systems no longer get the data that they got: {}.",
    Concern.STATE: "What was kept is not found again: {}.",
    Concern.SCHEDULE: "It no longer runs when it did: {}.",
    Concern.INSTANCES: "The integration is gone: whoever has it deployed gets no new version.",
    Concern.KEY: "Whoever has {} deployed gets no new version: the key is another one.",
    Concern.NOBODY: "Something breaks for whoever has it deployed: {}.",
}

_APPROVED = "All of that is approved."


def sentences(verdict: Verdict) -> Iterator[str]:
    """Yield what users have to know, one sentence each: those who must act first, else that nobody must."""
    yield from _meaning(verdict)
    if verdict.is_approved:
        yield _APPROVED


def _meaning(verdict: Verdict) -> Iterator[str]:
    for concern, subjects in verdict.concerns:
        named = list(filter(None, subjects))
        yield _MEANT[concern].format(listed(named)) if named else _of_nobody(concern)
    if verdict.concerns or verdict.grade is None:
        return
    if verdict.is_new:
        yield "The integration is new: nobody has it deployed yet."
        return
    if verdict.grade is Grade.SAFE:
        yield "Whoever has it deployed will not notice."
    else:
        deserve = "deserves" if verdict.looks == 1 else "deserve"
        yield f"Whoever has it deployed need not act; {count(verdict.looks, 'change')} {deserve} a look."


def listed(names: Iterable[str]) -> str:
    """Name some things, in the quotes that names have everywhere."""
    every = [f"`{name}`" for name in names]
    more = f" and {len(every) - _MOST:,} more" if len(every) > _MOST else ""
    return ", ".join(every[:_MOST]) + more


def counts(changes: Iterable[Change]) -> str:
    """Say `1 breaking, 2 risky (1 approved)`; of what there is none nothing is said."""
    every = list(changes)
    of_grade = ((grade, [one for one in every if one.grade is grade]) for grade in GRADES)
    return ", ".join(_counted(grade, found) for grade, found in of_grade if found)


def with_place(change: Change) -> str:
    """Give the message of a change behind its flow and step."""
    names = (("flow", change.flow), ("step", change.step))
    where = ", ".join(f"{word} `{name}`" for word, name in names if name)
    return f"{where}: {change.message}" if where else change.message


def grade_word(change_set: ChangeSet) -> str:
    return change_set.grade.word if change_set.grade is not None else "no change in meaning"


def grade_words(kind: ChangeKind) -> str:
    """Name the grades that changes of a kind have, the worst first."""
    words = [grade.word for grade in GRADES if grade in kind.grades]
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def sides(change_set: ChangeSet) -> tuple[str, str]:
    """Name both sides; of a revision that has the other side's file under the same path, the revision is enough."""
    old, new = change_set.old or "nothing", change_set.new or "nothing"
    return old.removesuffix(f":{new}"), new


def _counted(grade: Grade, changes: list[Change]) -> str:
    approved = sum(one.approved is not None for one in changes)
    return f"{len(changes):,} {grade.word}" + (f" ({approved:,} approved)" if approved else "")


def _of_nobody(concern: Concern) -> str:
    return _MEANT[concern].replace(": {}", "").replace(" of {}", "")
