"""Write the package data of the built-in components from catalogue/*.yml.

`build_catalogue.py` writes; `build_catalogue.py --check` only compares and exits 1 when something differs.
"""

import argparse
import json
import sys
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "catalogue"
SCHEMA = ROOT / "schemas" / "component.schema.json"
DATA = ROOT / "src" / "xchange_cli" / "components" / "data"

KEYED_LISTS = ("actions", "triggers", "connections", "inputs")


class UniqueKeyLoader(yaml.CSafeLoader):
    """Refuses a mapping that has a key twice, which YAML would silently resolve to the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key occurs twice", node.start_mark)
        return mapping


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 when something differs")
    only_check = parser.parse_args(arguments).check
    components, problems = read_catalogue(CATALOGUE)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    files = build(components)
    stale = sorted(differences(files, DATA))
    if only_check:
        for name in stale:
            print(f"{DATA / name} is out of date; run `make catalogue`")
        return 1 if stale else 0
    write(files, stale, DATA)
    print(f"{len(components)} components, {sum(map(len, files.values()))} bytes, {len(stale)} files changed")
    return 0


def read_catalogue(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """Read all components by key, and say what is wrong with them."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    components: dict[str, Any] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            data = yaml.load(path.read_text("utf-8"), UniqueKeyLoader)
        except yaml.YAMLError as error:
            problems.append(f"{path.name}: {error}")
            continue
        problems += (f"{path.name}: {problem}" for problem in find_problems(data, path.stem, validator))
        components[path.stem] = data
    return components, problems


def find_problems(data: Any, key: str, validator: Draft202012Validator) -> Iterator[str]:
    errors = sorted(validator.iter_errors(data), key=lambda error: error.json_path)
    yield from (f"{error.json_path}: {error.message}" for error in errors)
    if errors:
        return
    if data["key"] != key:
        yield f"$.key: {data['key']} is not the name of the file"
    yield from _repeated_keys(data, "$")


def _repeated_keys(data: Mapping[str, Any], where: str) -> Iterator[str]:
    for name in KEYED_LISTS:
        seen: set[str] = set()
        for item in data.get(name, ()):
            place = f"{where}.{name}.{item['key']}"
            if item["key"] in seen:
                yield f"{place}: occurs twice"
            seen.add(item["key"])
            yield from _repeated_keys(item, place)


def build(components: Mapping[str, Any]) -> dict[str, bytes]:
    """Give the package data: bytes by file name."""
    index = {key: _index_row(components[key]) for key in sorted(components)}
    return {"index.json": _json(index)} | {
        f"{key}.json": _json(components[key]) for key in sorted(components)
    }


def _index_row(data: Mapping[str, Any]) -> dict[str, Any]:
    row = {
        name: data.get(name, default) for name, default in (("title", ""), ("kind", "app"), ("summary", ""))
    }
    lists = {
        name: [item["key"] for item in data.get(name, ())] for name in ("actions", "triggers", "connections")
    }
    return row | lists | {"data_sources": data.get("data_sources", [])}


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def differences(files: Mapping[str, bytes], folder: Path) -> Iterator[str]:
    """Name the files that are missing, too many or different."""
    present = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    yield from (name for name in {*files, *present} if files.get(name) != present.get(name))


def write(files: Mapping[str, bytes], stale: list[str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in files:
            (folder / name).write_bytes(files[name])
        else:
            (folder / name).unlink()


if __name__ == "__main__":
    sys.exit(main())
