"""What a whole publish asks of the store of a registry, counted: by the tests, and by the bench."""

from collections import Counter
from pathlib import Path

from differing import SMALL
from registries import KEY, Watched, with_versions
from repositories import write
from xchange_cli.project.project import Project
from xchange_cli.registry.registry import Registry
from xchange_cli.release.publishing.publish import RegistryPlace, job_of, publish
from xchange_cli.release.publishing.selection import Meant
from xchange_cli.release.publishing.wish import PublishWish
from xchange_cli.storage.open import open_store

_LATER = SMALL.replace("description: ''", "description: Takes orders.")


def calls_of_publish(root: Path, count: int) -> Counter[str]:
    """Count the calls of a publish with a gate and a counted number, after so many versions and one more.

    The one before it is read and compared with.
    """
    (root / "integrations" / KEY).mkdir(parents=True)
    with_versions(root, count)
    watched = Watched(open_store("registry/", root))
    for text in (SMALL, _LATER):
        write(root, f"integrations/{KEY}/integration.yml", text)
        wish = PublishWish(note="x", external_version="auto", allowed=frozenset({"all"}))
        project = Project.find(root)._replace(publish_fail_on_change="risky")
        job = job_of(project, RegistryPlace(), wish, root)._replace(registry=Registry(watched))
        watched.calls.clear()
        [outcome] = publish(job, Meant((KEY,))).outcomes
        assert outcome.error is None, outcome.error
    assert outcome.manifest is not None
    assert outcome.manifest.verdict is not None
    return watched.calls
