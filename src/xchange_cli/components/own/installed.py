"""Components of installed packages: entry points of the group `xchange.components`.

The entry point is named after the component's key; its value is the module with the code. The specification lies
beside the module as `<module>.yml`, or in the module's folder as `spec.yml`, so that it is read without running code.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from xchange_cli.errors import ErrorCode, XchangeError

GROUP = "xchange.components"


class Installed(NamedTuple):
    """`name` is what messages show; `entry` is `package.module` or `package.module:object`."""

    key: str
    name: str
    entry: str

    @property
    def specification(self) -> Path:
        """Find the file that describes the component; the package is not imported.

        Raises:
            XchangeError: NOT_FOUND with the places where it may be.

        """
        module = self.entry.partition(":")[0]
        places = [place for folder in _folders(module) for place in _places(folder, module.split(".")[1:])]
        for place in places:
            if place.is_file():
                return place
        *package, last = module.split(".")
        looked = "/".join([*package, f"{last}.yml"])
        raise XchangeError(
            ErrorCode.NOT_FOUND,
            f"{self.name} has no specification",
            hint=f"The package must have {looked} or spec.yml in the same folder.",
        )


def installed_components() -> dict[str, Installed]:
    """Give the components of installed packages by key; of equal keys the first one counts."""
    from importlib.metadata import entry_points

    found: dict[str, Installed] = {}
    for point in entry_points(group=GROUP):
        package = point.dist.name if point.dist else "?"
        name = f"the component `{point.name}` of the package {package}"
        found.setdefault(point.name, Installed(point.name, name, point.value))
    return found


def _folders(module: str) -> Sequence[Path]:
    """Give the folders of the outermost package, or the one that a single module lies in."""
    from importlib.util import find_spec

    top = module.partition(".")[0]
    spec = find_spec(top)
    if spec is None:
        return ()
    if spec.submodule_search_locations is not None:
        return [Path(place) for place in spec.submodule_search_locations]
    return [Path(spec.origin).with_suffix("")] if spec.origin else ()


def _places(folder: Path, below: Sequence[str]) -> Sequence[Path]:
    module = folder.joinpath(*below)
    places = (module.with_name(f"{module.name}.yml"), module / "spec.yml")
    return (*places, module.parent / "spec.yml") if below else places
