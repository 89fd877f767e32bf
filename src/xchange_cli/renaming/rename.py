"""A flow, a step or a config variable gets another name: in its integration, and in the files beside it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from xchange_cli.expression.step_names import step_ref
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.project import Project
from xchange_cli.project.writing import rewritten, write_all
from xchange_cli.renaming import doubts
from xchange_cli.renaming.beside import Sibling, payload_files, prose_files, recording_of, siblings
from xchange_cli.renaming.changed import Changed, Scene, changed_integration, changed_sibling, lookup_in
from xchange_cli.renaming.code_doubts import doubts_in_code
from xchange_cli.renaming.result import Doubt, Renamed
from xchange_cli.renaming.secrets import concealed
from xchange_cli.renaming.subject import Request, find_subject
from xchange_cli.renaming.words import Words
from xchange_cli.validation.project_files import read_project_files


def rename(project: Project, file: IntegrationFile, request: Request, folder: Path) -> Renamed:
    """Find all that a renaming changes; nothing is written. Names of files are relative to `folder`.

    Raises:
        XchangeError: as `find_subject` does; USAGE, CONFLICT or INVALID with the place where the new name cannot be
            written, or would change what something means; UNREADABLE when a file beside the integration cannot be read.

    """
    own = read_project_files(project, folder)
    lookup = lookup_in(file.integration, own, file.key)
    subject = find_subject(request, lookup)
    if subject.old == subject.new.name:
        return Renamed(file.key, subject, ())
    scene = Scene(project, file, folder, own, lookup, subject)
    others = list(siblings(file, folder, Words(subject).exact))
    main, then = changed_integration(scene)
    changed = [main, *(changed_sibling(sibling, scene, then) for sibling in others)]
    secrets = (span for one in changed for span in one.secrets)
    found = dict.fromkeys(concealed(_doubts(scene, changed, others), secrets))
    return Renamed(
        file.key,
        subject,
        tuple(one.rename for one in changed if one.new.edits),
        tuple(sorted(found, key=lambda doubt: doubt.order)),
        tuple(finding for one in changed for finding in one.findings),
    )


def write(renamed: Renamed) -> Renamed:
    """Write all files of a renaming, or none.

    Raises:
        XchangeError: as `write_all` does.

    """
    write_all([rewritten(file.path, file.source, file.after) for file in renamed.files])
    return renamed._replace(is_written=True)


def _doubts(scene: Scene, changed: Sequence[Changed], others: Sequence[Sibling]) -> Iterator[Doubt]:
    subject, lookup, file, folder = scene.subject, scene.lookup, scene.file, scene.folder
    words = Words(subject)
    sure = {(id(one.node), one.start) for one in changed[0].named if one.target == subject.target}
    yield from doubts_in_code(subject, lookup, words, sure)
    yield from doubts.doubts_in_file(subject, lookup, file.document, words, sure)
    for one in changed:
        yield from doubts.shared(one.named, subject)
    for sibling in others:
        yield from doubts.doubts_beside(sibling, subject, words)
    yield from doubts.payloads(payload_files(file, folder), subject, lookup, folder)
    yield from doubts.recording(recording_of(file, step_ref(subject.old)), subject, folder)
    for source in prose_files(scene.project, file, folder):
        yield from doubts.mentions(source, words)
