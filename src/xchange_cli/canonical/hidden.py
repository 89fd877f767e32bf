"""The secrets in a file before and after it is formatted, which no picture of the change may show."""

from collections.abc import Iterable, Iterator

from xchange_cli.canonical.formatted import Formatted
from xchange_cli.components.catalog import Catalog
from xchange_cli.source import Source
from xchange_cli.validation.checker import Checker
from xchange_cli.validation.hidden_tokens import token_texts
from xchange_cli.validation.result import FileFix


def changes(files: Iterable[Formatted], catalog: Catalog) -> Iterator[FileFix]:
    """Give the changes of files together with the secrets in them."""
    checker = Checker(catalog, {})
    for file in files:
        texts: set[str] = set()
        for source in (file.source, Source(file.source.name, file.text)):
            texts |= token_texts(source)
            texts |= {span.text for span in checker.check_source(file.target, source).secrets}
        yield FileFix(file.target.path, file.source, file.text, (), frozenset(texts))
