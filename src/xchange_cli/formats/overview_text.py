"""An integration at a glance, for people."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from shlex import quote
from typing import TextIO

from xchange_cli.formats.cells import showable
from xchange_cli.formats.flow_tree import Signs, tree_lines
from xchange_cli.formats.folding import cut
from xchange_cli.formats.publication_words import publication_line
from xchange_cli.formats.start_words import started
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.validation_counts import counts_line
from xchange_cli.formats.words import count, wrapped
from xchange_cli.overview.at_a_glance import FlowGlance, Glance
from xchange_cli.overview.documentation_parts import ConnectionPart, VariablePart
from xchange_cli.overview.uses import Use

MOST_FINDINGS = 3
_MOST_USES = 3
_WIDEST_KEY, _WIDEST_DEFAULT, _WIDEST_COMPONENT, _WIDEST_SCHEDULE = 28, 18, 22, 36


def render(result: Glance, out: TextIO) -> None:
    style, signs = Style.of(out), Signs.of(out)
    out.writelines(_head(result, style))
    for flow in result.flows:
        out.write("\n")
        out.writelines(_flow(flow, result, signs, style))
    legend = [*signs.legend(tuple(flow.chart for flow in result.flows))]
    out.write("".join(f"{line}\n" for line in ["", *legend] if legend))
    out.writelines(_variables(result, style))
    out.writelines(_connections(result, style))
    out.writelines(_findings(result, style))


def _head(result: Glance, style: Style) -> Iterator[str]:
    name = showable(result.name) or "(no name)"
    yield f"{style.paint('bold', name)} ({showable(result.key)})\n"
    yield f"{showable(result.file)}\n"
    if result.published:
        yield f"{wrapped(publication_line(result.published))}\n"
    if result.parent:
        yield wrapped(f"a fork of {result.parent}") + "\n"
    if result.description:
        yield f"\n{wrapped(result.description)}\n"
    facts = [("category", result.category), ("labels", ", ".join(result.labels))]
    shown = [f"{name}: {text}" for name, text in facts if text]
    if shown:
        yield "\n" + "".join(f"{wrapped(text)}\n" for text in shown)


def _flow(flow: FlowGlance, result: Glance, signs: Signs, style: Style) -> Iterator[str]:
    yield f"{style.paint('bold', showable(flow.name) or '(no name)')}\n"
    if flow.description:
        yield f"{wrapped(flow.description, '  ')}\n"
    yield f"{wrapped(started(flow, result.endpoint_type), '  ')}\n"
    yield from tree_lines(flow.chart, signs, style, "  ")


def _variables(result: Glance, style: Style) -> Iterator[str]:
    pages = result.variable_pages
    if pages:
        yield f"\n{style.paint('bold', 'Config variables')}\n"
    for name, variables in pages:
        yield f"  {showable(name) or '(on no page)'}\n"
        rows = [_variable(one, result.uses.get(one.key, ()), result.flow) for one in variables]
        yield from table(("KEY", "TYPE", "DEFAULT", "USED BY"), rows, style, "    ")


def _variable(variable: VariablePart, uses: Sequence[Use], flow: str) -> tuple[str, ...]:
    kind = variable.data_type + (f" ({variable.collection})" if variable.collection else "")
    default = "(hidden)" if variable.hides_default else variable.schedule or variable.default
    room = _WIDEST_SCHEDULE if variable.schedule else _WIDEST_DEFAULT
    shown = "(required)" if variable.is_required else cut(default.replace("\n", " "), room)
    return cut(variable.key, _WIDEST_KEY), cut(kind or "-", _WIDEST_DEFAULT), shown, _used(uses, flow)


def _connections(result: Glance, style: Style) -> Iterator[str]:
    if result.connections:
        yield f"\n{style.paint('bold', 'Connections')}\n"
        rows = [_connection(one, result) for one in result.connections]
        yield from table(("KEY", "COMPONENT", "USED BY"), rows, style, "  ")


def _connection(connection: ConnectionPart, result: Glance) -> tuple[str, ...]:
    component = connection.component or ("(shared)" if connection.shared else "-")
    used = _used(result.uses.get(connection.key, ()), result.flow)
    return cut(connection.key, _WIDEST_KEY), cut(component, _WIDEST_COMPONENT), used


def _used(uses: Sequence[Use], flow: str) -> str:
    """Say who uses a variable: `Flow: Step, Other; 3 more`; the flow is left out where there is only one."""
    if not uses:
        return "nobody"
    said = [_of_flow(name, list(some), flow) for name, some in groupby(uses[:_MOST_USES], _flow_name)]
    more = len(uses) - _MOST_USES
    return "; ".join([*said, *([f"{more:,} more"] if more > 0 else [])])


def _of_flow(name: str, uses: Sequence[Use], flow: str) -> str:
    variables = [f"config variable {use.variable}" for use in uses if use.variable]
    steps = ", ".join(use.step or "(no name)" for use in uses if not use.variable)
    in_flow = steps if flow or not steps else f"{name}: {steps}"
    return ", ".join([*variables, *([in_flow] if in_flow else [])])


def _flow_name(use: Use) -> str:
    return use.flow


def _findings(result: Glance, style: Style) -> Iterator[str]:
    yield "\n"
    found = result.result.diagnostics
    for one in found[:MOST_FINDINGS]:
        severity = style.paint(one.severity, one.severity)
        yield f"{showable(str(one.span.place))}: {severity} {one.rule}: {showable(one.message)}\n"
    if len(found) > MOST_FINDINGS:
        yield f"and {count(len(found) - MOST_FINDINGS, 'further finding')}\n"
    published = result.published
    if published is None or published.differs is not None:
        yield counts_line(result.result, quote(result.file), style)
    else:
        yield counts_line(result.result, "-", style, f"xchange export {published.reference} | ")
