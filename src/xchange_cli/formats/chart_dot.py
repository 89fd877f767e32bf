"""Charts of flows in the DOT language of Graphviz."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from xchange_cli.formats.block_words import notes
from xchange_cli.overview.chart import Arm, Block, Chart, Kind
from xchange_cli.overview.edges import END, Edge, edges_of
from xchange_cli.overview.lettering import plain

_HEAD = """\
  rankdir=TB
  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11]
  edge [fontname="Helvetica", fontsize=10]
  graph [fontname="Helvetica", fontsize=11]
"""
_SHAPES = {Kind.TRIGGER: "oval", Kind.LOOP: "hexagon", Kind.BRANCH: "diamond", Kind.END: "octagon"}


def render(result: Sequence[Chart], out: TextIO) -> None:
    """Write one graph; each of several flows is a cluster of it with the flow's name."""
    name = result[0].name if len(result) == 1 else "flows"
    out.write(f"digraph {_quoted(name)} {{\n{_HEAD}")
    for number, chart in enumerate(result, 1):
        if len(result) == 1:
            out.writelines(_lines(chart, "", "  "))
        else:
            out.write(f"  subgraph cluster_flow{number} {{\n    label={_quoted(chart.name)}\n")
            out.writelines(_lines(chart, f"f{number}_", "    "))
            out.write("  }\n")
    out.write("}\n")


def _lines(chart: Chart, prefix: str, indent: str) -> Iterator[str]:
    edges = edges_of(chart)
    yield from _blocks(chart.blocks, prefix, indent)
    if not chart.blocks or any(edge.to == END for edge in edges):
        yield f'{indent}{prefix}{END} [label="End", shape=oval]\n'
    yield from (f"{indent}{_edge(edge, prefix)}\n" for edge in edges)


def _blocks(blocks: tuple[Block, ...], prefix: str, indent: str) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, prefix, indent)


def _block(block: Block, prefix: str, indent: str) -> Iterator[str]:
    node = f"{prefix}{block.id} [{_attributes(block)}]\n"
    if block.body is None:
        yield f"{indent}{node}"
    else:
        yield f'{indent}subgraph cluster_{prefix}{block.id} {{\n{indent}  label="repeated"\n'
        yield f"{indent}  style=dashed\n{indent}  {node}"
        yield from _blocks(block.body, prefix, indent + "  ")
        yield f"{indent}}}\n"
    for arm in block.arms:
        yield from _arm(arm, prefix, indent)


def _arm(arm: Arm, prefix: str, indent: str) -> Iterator[str]:
    if arm.blocks:
        yield f"{indent}subgraph cluster_{prefix}{arm.id} {{\n{indent}  label={_quoted(arm.name)}\n"
        yield f"{indent}  style=solid\n"
        yield from _blocks(arm.blocks, prefix, indent + "  ")
        yield f"{indent}}}\n"


def _attributes(block: Block) -> str:
    texts = [plain(block.name) or "(no name)", *notes(block)]
    label = "\\n".join(map(_escaped, texts))
    shape = f", shape={_SHAPES[block.kind]}" if block.kind in _SHAPES else ""
    return f'label="{label}"{shape}' + (", penwidth=2" if block.writes else "")


def _edge(edge: Edge, prefix: str) -> str:
    label = [] if edge.arm is None else [f"label={_quoted(edge.arm)}"]
    back = ["style=dashed", "constraint=false"] if edge.is_back else []
    attributes = ", ".join([*label, *back])
    return f"{prefix}{edge.start} -> {prefix}{edge.to}" + (f" [{attributes}]" if attributes else "")


def _quoted(text: str) -> str:
    return f'"{_escaped(plain(text) or "(no name)")}"'


def _escaped(text: str) -> str:
    r"""Write what means something within quotes: `\`, `"`, and `&`, which begins the names of characters."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
