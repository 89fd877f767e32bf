"""docs/schemas.md: the published JSON Schemas."""

from docs.markdown import page, prose, table
from xchange_cli.schemas import names, schema

_INTRODUCTION = """\
The formats of files and outputs, as JSON Schemas (draft 2020-12). Output formats only ever gain keys, so that
programs can rely on those they know."""


def schema_page() -> str:
    rows = [
        (f"[`{name}`](../schemas/{name}.schema.json)", prose(data["title"]), prose(data["description"]))
        for name in names()
        for data in [schema(name)]
    ]
    return page("# JSON Schemas", _INTRODUCTION, table(("Schema", "Title", "What it describes"), rows))
