"""The last lines of a run: how it ended, and how to go on."""

import shlex
from collections.abc import Iterator

from xchange_cli.engine.events import Execution
from xchange_cli.engine.view import RunView
from xchange_cli.formats.failure_text import Blame
from xchange_cli.formats.folding import cut
from xchange_cli.formats.resume_command import resume_command
from xchange_cli.formats.running.blocks import Blocks
from xchange_cli.formats.running.course import Course
from xchange_cli.formats.step_paths import step_name
from xchange_cli.formats.style import Style
from xchange_cli.formats.words import count, wrapped

MOST_FAILURES = 3
_LONGEST_NAME = 40


def summary(run: RunView, blocks: Blocks, seconds: float, style: Style) -> Iterator[str]:
    """Yield whole lines about all executions together."""
    courses, status = tuple(blocks.courses.values()), blocks.outcome.status
    word = style.paint("error" if status.is_failure else "ok", status.value.replace("_", " "))
    parts = [f"{count(sum(course.steps for course in courses), 'step')} in {seconds:.2f} s"]
    if len(courses) > 1:
        parts.append(f"{len(courses):,} executions")
        failed = sum(course.blame is not None for course in courses)
        parts.append(f"{failed:,} failed" if failed else "")
    ignored = sum(course.ignored for course in courses)
    parts.append(f"{count(ignored, 'failure')} ignored" if ignored else "")
    yield f"\n{word}: {', '.join(filter(None, parts))}\n"
    yield from _stopped(courses)
    if run.is_recorded:
        yield from _ways_on(run, blocks, style)


def _stopped(courses: tuple[Course, ...]) -> Iterator[str]:
    for course in courses:
        if course.stopped_at:
            name = step_name(course.execution.flow, course.stopped_at)
            yield wrapped(f"ended after `{name}`, as --until asks") + "\n"


def _ways_on(run: RunView, blocks: Blocks, style: Style) -> Iterator[str]:
    """Say how to go on with what has failed, and how to look at it."""
    failed = blocks.outcome.failed
    for run_id in failed[:MOST_FAILURES]:
        course = blocks.courses[run_id]
        if course.blame is not None:
            for way in _ways(run, course.execution, course.blame):
                told = wrapped(way, "", "  ")
                yield "".join(f"{style.paint('dim', line)}\n" for line in told.splitlines())


def _ways(run: RunView, execution: Execution, blame: Blame) -> Iterator[str]:
    step = cut(step_name(blame.execution.flow, blame.failure.ref), _LONGEST_NAME) if blame.failure.ref else ""
    if run.can_be_resumed:
        failure = blame.failure._replace(message=run.redactor.text(blame.failure.message))
        yield f"`{resume_command(execution.run_id, failure)}` goes on" + (f" from `{step}`" if step else "")
    if step:
        where = f"{blame.execution.run_id} {shlex.quote(blame.failure.path)}"
        yield f"`xchange runs show {where}` shows its inputs"
