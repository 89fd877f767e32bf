"""The project that a command works in: its folder and what `xchange.yaml` says."""

from collections.abc import Iterator
from collections.abc import Mapping as MappingABC
from pathlib import Path
from typing import NamedTuple

from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.document.parse import Document, parse
from xchange_cli.project.inside import is_of_registry, matched_in
from xchange_cli.project.keys import FILE_NAMES, shown
from xchange_cli.project.looking import is_file, is_folder
from xchange_cli.project.patterns import expand
from xchange_cli.source import Source

FILE_NAME = "xchange.yaml"
INTEGRATIONS_FOLDER = "integrations"
INTEGRATIONS = tuple(f"{INTEGRATIONS_FOLDER}/*/{name}" for name in FILE_NAMES)
COMPONENTS = ("components/*.yml",)
RULES = ("rules/*.yml",)
REGISTRY = "registry/"

ATTACHMENT_MEGABYTES = 20
"""How large an attachment may be, unless the project says otherwise; a megabyte has a million bytes."""

_NO_SEVERITIES: MappingABC[str, str] = {}


class Project(NamedTuple):
    """Settings and their defaults.

    What `xchange.yaml` has of the wrong type counts as absent: `validate` reports it. `document` is None
    where there is no such file. `severities` holds `lint.rules`: error, warning, info or off by rule or pattern.
    `baseline` is a path relative to `root`, empty where there is none. `registry` is a URL, or a folder relative to
    `root`. `publish_branches` is empty where the project does not say from where it publishes,
    `publish_fail_on_change` where no change keeps a version back; else it is `breaking` or `risky`.
    """

    root: Path
    document: Document | None = None
    integrations: tuple[str, ...] = INTEGRATIONS
    components: tuple[str, ...] = COMPONENTS
    rules: tuple[str, ...] = RULES
    severities: MappingABC[str, str] = _NO_SEVERITIES
    limits: str = "warn"
    baseline: str = ""
    attachment_megabytes: int = ATTACHMENT_MEGABYTES
    registry: str = REGISTRY
    publish_branches: tuple[str, ...] = ()
    trusted_keys: tuple[str, ...] = ()
    publish_fail_on_change: str = ""

    @classmethod
    def find(cls, start: Path, folder: Path | None = None) -> "Project":
        """Find `xchange.yaml` in a folder or above it.

        Without one, all defaults hold, and the project is the folder that has `integrations/` where `start` is that
        folder or inside of `integrations/`, else `start` itself.

        Messages name the file relative to `folder`, by default `start`.

        Raises:
            XchangeError: UNREADABLE when the file is there but cannot be read.

        """
        start = start.resolve() if ".." in start.parts else start.absolute()
        for place in (start, *start.parents):
            file = place / FILE_NAME
            if is_file(file):
                return cls.read(file, shown(file, folder or start))
        return cls(_home(start))

    @classmethod
    def read(cls, file: Path, name: str) -> "Project":
        document = parse(Source.read(file, name))
        root = document.root
        if not isinstance(root, Mapping):
            return cls(file.parent, document)
        limits, lint = root.text("limits"), root.mapping("lint")
        baseline = lint.text("baseline") if lint else None
        registry, publish = root.text("registry"), root.mapping("publish")
        return cls(
            root=file.parent,
            document=document,
            integrations=_texts(root, "integrations", INTEGRATIONS),
            components=_texts(root, "components", COMPONENTS),
            rules=_texts(root, "rules", RULES),
            severities=_severities(root),
            limits=limits.value if limits else "warn",
            baseline=baseline.value if baseline else "",
            attachment_megabytes=_attachment_megabytes(root),
            registry=(registry.value if registry else "") or REGISTRY,
            publish_branches=_texts(publish, "branches", ()) if publish else (),
            trusted_keys=_texts(root, "trustedKeys", ()),
            publish_fail_on_change=_fail_on_change(publish),
        )

    def integration_files(self) -> Iterator[Path]:
        """Yield the files that the project's patterns match, each once, in the order of the patterns.

        A folder that they match stands for the integrations in it.
        """
        seen = set()
        for path in expand(self.root, self.integrations):
            if is_of_registry(path):
                continue
            is_one = path.name in FILE_NAMES or not is_folder(path)
            for file in (path,) if is_one else matched_in(path):
                if file not in seen:
                    seen.add(file)
                    yield file

    def component_files(self) -> Iterator[Path]:
        """Yield the specifications of the project's own components."""
        yield from expand(self.root, self.components)

    def rule_files(self) -> Iterator[Path]:
        """Yield the files of the project's house rules."""
        yield from expand(self.root, self.rules)


def _home(start: Path) -> Path:
    if is_folder(start / INTEGRATIONS_FOLDER):
        return start
    inside = (place for place in (start, *start.parents) if place.name == INTEGRATIONS_FOLDER)
    return next((place.parent for place in inside), start)


def _texts(root: Mapping, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Give a list of texts; an empty list is a choice, too."""
    items = root.sequence(key)
    if items is None:
        return default
    return tuple(
        item.value for item in items.items if isinstance(item, Scalar) and isinstance(item.data, str)
    )


def _attachment_megabytes(root: Mapping) -> int:
    attachments = root.mapping("attachments")
    limit = attachments.data.get("maxMegabytes") if attachments else None
    return limit if type(limit) is int and limit > 0 else ATTACHMENT_MEGABYTES


def _fail_on_change(publish: Mapping | None) -> str:
    found = publish.text("failOnChange") if publish is not None else None
    return found.value if found is not None and found.value in {"breaking", "risky"} else ""


def _severities(root: Mapping) -> dict[str, str]:
    lint = root.mapping("lint")
    rules = lint.mapping("rules") if lint is not None else None
    entries = rules.entries if rules is not None else {}
    return {
        slug: entry.value.value
        for slug, entry in entries.items()
        if isinstance(entry.value, Scalar) and entry.value.value in {"off", "info", "warning", "error"}
    }
