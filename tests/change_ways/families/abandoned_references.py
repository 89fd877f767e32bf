"""Names that change, while what names them stays."""

from collections.abc import Iterator

from change_ways.edits import at_once, put
from change_ways.file import File, Place, StepPlace
from change_ways.names import Said, codes, is_said, readers, ref_of, users
from change_ways.way import BREAKING, SAFE, Reported, Site


def _inputs(found: list[Said]) -> set[tuple[str | int, ...]]:
    """Give the inputs that say a name, each once however often it says it."""
    return {path[: path.index("inputs") + 2] for path, _ in found if "inputs" in path}


def _abandoned(place: Place | StepPlace, key: str, count: int, kind: str, grade: int) -> Site:
    reports = (Reported("reference-abandoned", BREAKING),) * count
    name = f"Other {place.name}"
    return put(place, key, name, Reported(kind, SAFE if grade == SAFE else BREAKING, name), *reports)


def forget_the_readers_of_a_step(file: File) -> Iterator[Site]:
    """They find nothing under the old name."""
    for step in file.plain_steps:
        found = readers(step)
        count = len(_inputs(found))
        if (
            count
            and all("inputs" in said.path for said in found)
            and not is_said(ref_of(step.name), codes(file))
        ):
            yield _abandoned(step, "name", count, "step-renamed", SAFE)._replace(touches=(step.flow.path,))


def forget_the_users_of_a_variable(file: File) -> Iterator[Site]:
    """They find nothing under the old key; pages ask for the new one. What it holds tells that it is the same."""
    for variable in file.values:
        is_telling = any(len(str(variable.part.get(key, ""))) > 20 for key in ("description", "defaultValue"))
        found = users(file, variable)
        count = len(_inputs(found))
        if (
            count
            and is_telling
            and not is_said(variable.name, codes(file))
            and not variable.part.get("stableKey")
        ):
            elements = [
                put(_of(said), "value", f"Other {variable.name}") for said in found if "elements" in said.path
            ]
            renamed = _abandoned(variable, "key", count, "config-var-renamed", BREAKING)
            yield at_once(renamed, *elements)._replace(touches=((),))


def _of(said: Said) -> Place:
    return Place(said.path, said.part, [])
