"""What became of an export that was taken in."""

from collections.abc import Iterator
from typing import TextIO

from xchange_cli.authoring.imported import VERSION, Imported
from xchange_cli.formats.statistics_text import lines
from xchange_cli.formats.style import Style
from xchange_cli.formats.table import table
from xchange_cli.formats.validation_counts import counts_line
from xchange_cli.formats.words import count, wrapped
from xchange_cli.validation.statistics import count_by_rule

_STATES = {
    "made": "made {file} ({size})",
    "replaced": "replaced {file} ({size}); what is beside it stays",
    "same": "{file} is this export already, byte for byte: nothing was written",
}
_GIT_ENCODINGS = {
    ("utf-16-le", True): "UTF-16LE-BOM",
    ("utf-16-le", False): "UTF-16LE",
    ("utf-16-be", False): "UTF-16BE",
}
_HEADS = ("USES", "KIND", "NAME")


def render(taken: Imported, out: TextIO) -> None:
    style = Style.of(out)
    size = count(taken.size, "byte")
    out.write(wrapped(_STATES[taken.state].format(file=taken.file, size=size)) + "\n")
    out.writelines(f"{line}\n" for line in _notes(taken))
    if taken.unknown:
        out.write("\nThe catalogue does not know:\n\n")
        rows = [(f"{one.uses:>4,}", one.kind, one.name) for one in taken.unknown]
        out.writelines(table(_HEADS, rows, style))
    if taken.unknown or taken.result.diagnostics:
        out.write("\n")
    out.writelines(lines(count_by_rule(taken.result.diagnostics), style))
    out.write(counts_line(taken.result, taken.key, style))


def _notes(taken: Imported) -> Iterator[str]:
    if taken.version != VERSION:
        says = "has no number as its" if taken.version is None else f"has {taken.version} as its"
        yield wrapped(
            f"The file {says} `definitionVersion`. What is known here is version {VERSION}: a file of another one may "
            "be right where it is said to be wrong, and wrong where nothing is found."
        )
    if taken.encoding.startswith("utf-16"):
        yield wrapped("The file is UTF-16, which git takes for binary: it shows and merges no changes of it.")
        git = _GIT_ENCODINGS.get((taken.encoding, taken.has_bom))
        if git is not None:
            yield "To let it, put this line into .gitattributes beside the file:"
            yield f"  {taken.file.rpartition('/')[2]} -text working-tree-encoding={git}"
