"""Versions in a project's own registry, published without the command."""

from xchange_cli.project.integration_file import open_integration
from xchange_cli.project.project import Project
from xchange_cli.registry.activity import Activity
from xchange_cli.registry.draft import Draft
from xchange_cli.registry.manifest import Checked
from xchange_cli.registry.package import Package, PackageFile
from xchange_cli.release.forking.fork_file import fork_base
from xchange_cli.release.registry_of import registry_of


def registry(folder):
    return registry_of(Project.find(folder))


def publish(folder, key):
    """Publish what is in the folder of an integration, and give the version."""
    place = folder / "integrations" / key
    text = open_integration(Project.find(folder), key, folder).integration
    names = ("integration.yml", "icon.png", "docs", "attachments")
    paths = [path for name in names for path in (place / name, *(place / name).rglob("*")) if path.is_file()]
    files = [
        PackageFile(path.relative_to(place).as_posix(), path.read_bytes()) for path in dict.fromkeys(paths)
    ]
    draft = Draft(
        key=key,
        name=text.name,
        description="",
        category="",
        labels=(),
        note="",
        author="Ann",
        validation=Checked(1, 0, 0),
        xchange="1",
        fork=fork_base(place, folder),
    )
    return registry(folder).publish(draft, Package(files)).manifest


def change(folder, key, number, **state):
    """Change the state of a version."""
    activity = Activity.new("Ann", "template", f"{key}@{number}", "changed", {})
    return registry(folder).change_state(key, number, lambda was: was._replace(**state), activity)
