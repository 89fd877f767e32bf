"""Charts of flows in Mermaid's notation, for Markdown pages that draw it."""

import re
from collections.abc import Iterator, Sequence
from typing import TextIO

from xchange_cli.formats.block_words import notes
from xchange_cli.overview.chart import Arm, Block, Chart, Kind, walk
from xchange_cli.overview.edges import END, Edge, edges_of
from xchange_cli.overview.lettering import plain

_SHAPES = {
    Kind.TRIGGER: ("([", "])"),
    Kind.LOOP: ("{{", "}}"),
    Kind.BRANCH: ("{", "}"),
    Kind.END: ("[[", "]]"),
    Kind.LEAVE: ("[[", "]]"),
    Kind.STEP: ("[", "]"),
}
_SAFE = re.compile(r"[A-Za-z0-9 ,()'?!_./+=-]|[^\x00-\x7f]")
_LIST_MARK = re.compile(r"([0-9]+[.)]|[-+])(?= )")
_CLASSES = "classDef writes stroke-width:3px"


def render(result: Sequence[Chart], out: TextIO) -> None:
    """Write one diagram; each of several flows is a part of it with the flow's name."""
    out.write("flowchart TD\n")
    for number, chart in enumerate(result, 1):
        if len(result) == 1:
            out.writelines(_lines(chart, "", "  "))
        else:
            out.write(f"  subgraph flow{number}[{_quoted(chart.name)}]\n    direction TB\n")
            out.writelines(_lines(chart, f"f{number}", "    "))
            out.write("  end\n")
    out.write(f"  {_CLASSES}\n")


def _lines(chart: Chart, prefix: str, indent: str) -> Iterator[str]:
    ids = _Ids(prefix)
    edges = edges_of(chart)
    yield from _blocks(chart.blocks, ids, indent)
    if not chart.blocks or any(edge.to == END for edge in edges):
        yield f'{indent}{ids.of(END)}(["End"])\n'
    yield from (f"{indent}{_edge(edge, ids)}\n" for edge in edges)
    writing = [ids.of(block.id) for block in walk(chart.blocks) if block.writes]
    if writing:
        yield f"{indent}class {','.join(writing)} writes\n"


class _Ids:
    """Ids that no word of the notation is: `end` alone would end a part."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def of(self, name: str) -> str:
        return f"{self._prefix}n_{name}"


def _blocks(blocks: tuple[Block, ...], ids: _Ids, indent: str) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, ids, indent)


def _block(block: Block, ids: _Ids, indent: str) -> Iterator[str]:
    opening, closing = _SHAPES[block.kind]
    node = f"{ids.of(block.id)}{opening}{_label(block)}{closing}\n"
    if block.body is None:
        yield f"{indent}{node}"
    else:
        yield f'{indent}subgraph {ids.of(block.id)}_loop["repeated"]\n{indent}  {node}'
        yield from _blocks(block.body, ids, indent + "  ")
        yield f"{indent}end\n"
    for arm in block.arms:
        yield from _arm(arm, ids, indent)


def _arm(arm: Arm, ids: _Ids, indent: str) -> Iterator[str]:
    if arm.blocks:
        yield f"{indent}subgraph {ids.of(arm.id)}[{_quoted(arm.name)}]\n"
        yield from _blocks(arm.blocks, ids, indent + "  ")
        yield f"{indent}end\n"


def _edge(edge: Edge, ids: _Ids) -> str:
    line = "-.->" if edge.is_back else "-->"
    name = "" if edge.arm is None else f"|{_quoted(edge.arm)}|"
    return f"{ids.of(edge.start)} {line}{name} {ids.of(edge.to)}"


def _label(block: Block) -> str:
    texts = [plain(block.name) or "(no name)", *notes(block)]
    return f'"{"<br/>".join(map(_escaped, texts))}"'


def _quoted(text: str) -> str:
    return f'"{_escaped(plain(text) or "(no name)")}"'


def _escaped(text: str) -> str:
    """Write what means something to Mermaid, or to the Markdown in its labels, as the number of the character."""
    text = text.replace("$$", "$ $")  # Mermaid would typeset what is between two of these
    text = text.replace("\\n", "\\ n")  # Mermaid would begin a line there
    mark = _LIST_MARK.match(text)
    start = mark.end() - 1 if mark else -1
    return "".join(
        character if _SAFE.fullmatch(character) and place != start else f"#{ord(character)};"
        for place, character in enumerate(text)
    )
