"""What differs, as SARIF 2.1.0: for code scanning and for viewers in editors."""

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from xchange_cli import __version__
from xchange_cli.changes.change import Change, ChangeSet
from xchange_cli.changes.grade import Grade
from xchange_cli.changes.kind import ChangeKind
from xchange_cli.changes.table import kinds
from xchange_cli.errors import XchangeError
from xchange_cli.formats.json_text import write_json
from xchange_cli.formats.sarif_place import ROOT, artifact, message, physical_location
from xchange_cli.formats.validate_sarif import FINGERPRINT, SCHEMA
from xchange_cli.release.comparing.compared import Differences

_LEVELS = {Grade.BREAKING: "error", Grade.RISKY: "warning", Grade.SAFE: "note"}


def render(differences: Differences, out: TextIO) -> None:
    write_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(differences)]}, out)


def _run(differences: Differences) -> dict[str, Any]:
    """Only kinds of changes that are there are described: a viewer asks for no others."""
    sets = [one.change_set for one in differences.compared]
    ids = sorted({change.kind for one in sets for change in one.changes})
    numbers = {kind: number for number, kind in enumerate(ids)}
    known = {kind.id: kind for kind in kinds()}
    driver = {
        "name": "xchange",
        "semanticVersion": __version__,
        "rules": [_rule(known[kind]) for kind in ids],
    }
    return {
        "tool": {"driver": driver},
        "invocations": [_invocation(differences.troubles)],
        "originalUriBaseIds": {
            ROOT: {"description": {"text": "The folder in which the sides were compared."}}
        },
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(change, one, numbers[change.kind]) for one in sets for change in one.changes],
    }


def _rule(kind: ChangeKind) -> dict[str, Any]:
    return {
        "id": kind.id,
        "shortDescription": {"text": kind.sentence},
        "fullDescription": {"text": kind.sentence},
        "help": {"text": f"{kind.sentence} Grades: {', '.join(grade.word for grade in kind.grades)}."},
        "defaultConfiguration": {"level": _LEVELS[max(kind.grades)]},
    }


def _invocation(troubles: Iterable[XchangeError]) -> dict[str, Any]:
    """Say which integrations could not be compared."""
    told = [{"level": "error", "message": message(_trouble(error))} for error in troubles]
    data: dict[str, Any] = {"executionSuccessful": not told}
    return {**data, "toolExecutionNotifications": told} if told else data


def _trouble(error: XchangeError) -> str:
    text = f"{error.place}: {error.message}" if error.place else error.message
    return f"{text}. {error.hint}" if error.hint else text


def _result(change: Change, change_set: ChangeSet, rule: int) -> dict[str, Any]:
    """All results tell whether they are suppressed, as SARIF asks where one is."""
    approved = change.approved
    data = {
        "ruleId": change.kind,
        "ruleIndex": rule,
        "level": _LEVELS[change.grade],
        "message": message(f"{change.message}. {change.reason}" if change.reason else change.message),
        "locations": [_location(change, change_set)],
        "partialFingerprints": {FINGERPRINT: change.fingerprint},
        "suppressions": []
        if approved is None
        else [{"kind": "external", "status": "accepted", "justification": approved}],
    }
    return {**data, **dict(_related(change))}


def _location(change: Change, change_set: ChangeSet) -> dict[str, Any]:
    """Give the place in the new file; of what is gone the file alone, or that which is gone."""
    if change.new_span is not None:
        place = physical_location(change.new_span)
    elif not change_set.new and change.old_span is not None:
        place = physical_location(change.old_span)
    else:
        place = {"artifactLocation": artifact(change_set.new or change_set.old)}
    data: dict[str, Any] = {"physicalLocation": place}
    names = [name for name in (change_set.key, change.flow, change.step) if name]
    if names:
        data["logicalLocations"] = [{"name": names[-1], "fullyQualifiedName": "/".join(names)}]
    return data


def _related(change: Change) -> Iterator[tuple[str, Any]]:
    if change.old_span is not None:
        place = {
            "id": 1,
            "physicalLocation": physical_location(change.old_span),
            "message": {"text": "before"},
        }
        yield "relatedLocations", [place]
