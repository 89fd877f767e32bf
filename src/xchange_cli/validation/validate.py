"""One source → one report: syntax, schema, model, rules; sorted, each with its place and fingerprint."""

from collections.abc import Sequence

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.parse import Document, parse
from xchange_cli.model.build import build
from xchange_cli.shapes.samples import Sample
from xchange_cli.source import Source, Span
from xchange_cli.validation.conceal import conceal
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.finish import finish
from xchange_cli.validation.hidden_tokens import without_tokens
from xchange_cli.validation.ignores import settle
from xchange_cli.validation.report import Report
from xchange_cli.validation.rule import NO_HOUSE_RULES, HouseRules
from xchange_cli.validation.rule_findings import rule_findings
from xchange_cli.validation.schema_findings import schema_findings


def validate(
    source: Source,
    catalog: Catalog,
    *,
    key: str = "",
    samples: Sequence[Sample] = (),
    house: HouseRules = NO_HOUSE_RULES,
) -> Report:
    """Check one integration file; `key` is the integration's key, part of each fingerprint.

    `samples` are its sample payloads; they may be read when they are first asked for. `house` are the project's rules.
    What the file's comments ignore is left out.
    """
    document = parse(source)
    found = list(document.diagnostics) if document.root is not None else _of_text(document, key)
    integration = None
    if document.root is None and not found:
        found.append(_empty(source))
    if document.root is not None:
        found += schema_findings(document)
        integration = build(document.root)
    is_whole = not any(diagnostic.severity is Severity.ERROR for diagnostic in found)
    if integration is not None:
        found += rule_findings(Facts(integration, catalog, samples, key), house)
    settled = settle(document, found, is_whole=is_whole, house=house)
    secrets = tuple(diagnostic.span for diagnostic in found if diagnostic.is_secret)
    concealed = conceal(settled, secrets)
    finished = dict.fromkeys(finish(diagnostic, document, key, secrets) for diagnostic in concealed)
    ordered = tuple(sorted(without_tokens(finished), key=lambda diagnostic: diagnostic.order))
    return Report(source, ordered, integration, secrets)


def _of_text(document: Document, key: str) -> list[Diagnostic]:
    """Give what keeps a text from being read; only then it is asked whether that is a merge."""
    from xchange_cli.validation.merge_conflicts import with_places

    return with_places(document, key)


def _empty(source: Source) -> Diagnostic:
    return Diagnostic(
        "empty-file",
        Severity.ERROR,
        "the file is empty",
        Span(source, 0, 0),
        hint="An integration file has at least definitionVersion, name, description and flows.",
    )
