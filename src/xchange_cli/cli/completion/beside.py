"""Files beside the integration that the line names, by the names that options take."""

from pathlib import Path

import typer

from xchange_cli.cli.completion.integrations import named
from xchange_cli.project.beside import CONFIG_SUFFIXES, CONFIGS, DATA_SUFFIXES, PAYLOADS

_SETS = (CONFIGS, CONFIG_SUFFIXES)
_PAYLOADS = (PAYLOADS, DATA_SUFFIXES)
_RECORDINGS = ("recordings", (".json",))


def config_sets(context: typer.Context) -> list[str]:
    return _names(context, *_SETS)


def config_sets_or_all(context: typer.Context) -> list[str]:
    return ["all", *config_sets(context)]


def payloads(context: typer.Context) -> list[str]:
    return _names(context, *_PAYLOADS)


def recordings(context: typer.Context) -> list[str]:
    return _names(context, *_RECORDINGS)


def _names(context: typer.Context, folder: str, suffixes: tuple[str, ...]) -> list[str]:
    from xchange_cli.project.looking import names_in

    files = (Path(name) for name in names_in(named(context).folder / folder))
    return list(dict.fromkeys(file.stem for file in files if file.suffix in suffixes))
