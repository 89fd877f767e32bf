"""docs/components: what the catalogue knows about each component, and what of it runs here."""

from collections.abc import Iterable, Iterator

from docs.component_parts import action_part, connection_part
from docs.markdown import code, page, prose, table
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionSpec, ComponentSpec, Example

_CONFIDENCE = {
    "verified-from-source": "read from its source",
    "from-docs": "from its documentation",
    "from-usage": "from exported integrations that use it",
}
_INTRODUCTION = """\
What is known about the components that integrations use; `xchange components KEY` shows the same in the terminal.
What does not run here needs a mock (`xchange run --mock STEP=FILE`)."""
_LEGEND = """\
Each page says of each fact *how sure* it is. `source`: read in the component's source; `usage`: seen in exported
integrations; `sibling`: seen for another action of the component; `docs`: documented, spelling derived from a
label; `inferred`: derived from a label only. Only `source` and `usage` are sure enough for an error.

*Effect* is what performing an action does to the world: `pure` (it only computes), `reads` or `writes`."""


def component_pages() -> Iterator[tuple[str, str]]:
    """Yield path and text of each page."""
    catalog, local = Catalog.load(), Implementations()
    specs = [spec for key in catalog.keys() if (spec := catalog.component(key))]  # noqa: SIM118 - not a mapping
    yield "components/index.md", _index(specs, local)
    for spec in specs:
        yield f"components/{spec.key}.md", _page(spec, local)


def _index(specs: Iterable[ComponentSpec], local: Implementations) -> str:
    rows = [
        (f"[`{spec.key}`]({spec.key}.md)", spec.kind, _runs_here(spec, local), prose(spec.summary))
        for spec in specs
    ]
    heads = ("Component", "Kind", "Runs here", "What it is")
    return page("# Components", _INTRODUCTION, table(heads, rows), "## How sure, and which effect", _LEGEND)


def _runs_here(spec: ComponentSpec, local: Implementations) -> str:
    """Say `yes`, `no`, or how many of the actions and triggers do."""
    parts = [*spec.actions, *spec.triggers]
    count = sum(local.perform_for(spec.key, key) is not None for key in parts)
    return "no" if count == 0 else "yes" if count == len(parts) else f"{count} of {len(parts)}"


def _page(spec: ComponentSpec, local: Implementations) -> str:
    facts = [
        f"**Kind:** {spec.kind}",
        f"**How sure:** {_CONFIDENCE.get(spec.confidence, spec.confidence)}",
        f"**Runs here:** {_runs_here(spec, local)}",
    ]
    return page(
        f"# {prose(spec.title)} (`{spec.key}`)",
        prose(spec.summary),
        " · ".join(facts),
        _list(spec.notes),
        *_actions("Triggers", spec.triggers.values(), spec, local),
        *_actions("Actions", spec.actions.values(), spec, local),
        *(["## Connections", *map(connection_part, spec.connections.values())] if spec.connections else []),
        *(["## Data sources", ", ".join(map(code, spec.data_sources))] if spec.data_sources else []),
        *(["## Sources", _list(spec.sources)] if spec.sources else []),
        "[All components](index.md)",
    )


def _actions(
    heading: str, actions: Iterable[ActionSpec], spec: ComponentSpec, local: Implementations
) -> Iterator[str]:
    implementation = local.load(spec.key)
    examples: tuple[Example, ...] = implementation.examples if implementation else ()
    for number, action in enumerate(actions):
        if number == 0:
            yield f"## {heading}"
        own = [example for example in examples if example.action == action.key]
        runs = local.perform_for(spec.key, action.key) is not None
        yield action_part(action, own, runs_here=runs)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {prose(line)}" for line in lines)
