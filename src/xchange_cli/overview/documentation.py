"""The documentation of an integration: what somebody wrote about it, and what its file says by itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.overview.configuration_parts import config_page_parts
from xchange_cli.overview.documentation_images import FOLDERS, ICON, Images
from xchange_cli.overview.documentation_parts import (
    ConfigPagePart,
    ConnectionPart,
    FlowPart,
    VariablePart,
    WrittenPage,
)
from xchange_cli.overview.flow_parts import described, flow_parts
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.keys import shown
from xchange_cli.project.looking import is_folder, names_in
from xchange_cli.source import Source
from xchange_cli.validation.hidden_tokens import without_tokens_in

KEY = "documentation"
FOLDER = "docs"
_SUFFIX = ".md"


class Documentation(NamedTuple):
    """`file` is what messages call the integration's file. Texts have no tokens and no values of connections."""

    key: str
    file: str
    name: str
    description: str
    category: str
    labels: tuple[str, ...]
    written: tuple[WrittenPage, ...]
    config_pages: tuple[ConfigPagePart, ...]
    flows: tuple[FlowPart, ...]
    images: Images

    @property
    def variables(self) -> Iterator[tuple[ConfigPagePart, tuple[VariablePart, ...]]]:
        """Yield the pages with their config variables, those without any left out."""
        for page in self.config_pages:
            found = tuple(one for one in page.elements if isinstance(one, VariablePart))
            if found:
                yield page, found

    @property
    def connections(self) -> Iterator[ConnectionPart]:
        seen: set[str] = set()
        for page in self.config_pages:
            for one in page.elements:
                if isinstance(one, ConnectionPart) and one.key not in seen:
                    seen.add(one.key)
                    yield one


def documentation_of(file: IntegrationFile, catalog: Catalog, here: Path) -> Documentation:
    """Read all that there is to tell about an integration; `here` is the folder that names of files start from.

    Raises:
        XchangeError: UNREADABLE when a file in `docs/` cannot be read or is no text.

    """
    root, integration = file.root, file.integration
    return Documentation(
        key=file.key,
        file=file.name,
        name=integration.name,
        description=described(root),
        category=described(root, "category"),
        labels=tuple(_labels(root)),
        written=tuple(_written(file, here)),
        config_pages=config_page_parts(integration, catalog),
        flows=flow_parts(integration, catalog),
        images=Images(file.folder),
    )


def documentation_files(folder: Path) -> tuple[Path, ...]:
    """Give the Markdown files beside an integration, by name."""
    beside = folder / FOLDER
    named = (beside / name for name in names_in(beside) if name.lower().endswith(_SUFFIX))
    return tuple(path for path in named if not is_folder(path))


def watched_files(folder: Path) -> Iterator[Path]:
    """Yield the files beside an integration of which its documentation may show something."""
    yield folder / ICON
    for name in FOLDERS:
        yield from (folder / name / one for one in names_in(folder / name))


def _written(file: IntegrationFile, here: Path) -> Iterator[WrittenPage]:
    text = file.root.text(KEY)
    if text is not None and text.value.strip():
        yield WrittenPage("", without_tokens_in(text.value))
    for path in documentation_files(file.folder):
        source = Source.read(path, shown(path, here))
        yield WrittenPage(f"{FOLDER}/{path.name}", without_tokens_in(source.text))


def _labels(root: Mapping) -> Iterator[str]:
    labels = root.sequence("labels")
    for item in labels.items if labels else ():
        if isinstance(item, Scalar):
            yield item.value
