from typing import Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.completion.known import rules
from xchange_cli.cli.params import output_option


def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="RULE|FINGERPRINT",
            help="The name of a rule, as findings show it, or the fingerprint of a finding: six of its digits will do.",
            autocompletion=rules,
        ),
    ],
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Where to look for the finding, as `validate` takes it; by default in the whole project.",
            show_default=False,
            autocompletion=integrations,
        ),
    ] = None,
    *,
    output: Annotated[str, output_option("explain")] = "text",
) -> None:
    """Explain a rule, or a finding and its rule: what it checks, why that matters, how to fix it.

    Every finding names its rule, and the findings about config sets are explained too.

    Examples:

      xchange explain unknown-reference
      xchange explain unknown-reference --output json
      xchange explain 3fa1c0
      xchange explain 3fa1c07b52de acme

    Exit codes:

      0  explained
      3  there is no such rule or finding, or the project cannot be read
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.own_rules import own_rules
    from xchange_cli.validation.explained import is_fingerprint
    from xchange_cli.validation.pages import names, page
    from xchange_cli.validation.rule import NO_HOUSE_RULES

    if not is_fingerprint(what):
        house = NO_HOUSE_RULES if what in names() else own_rules()
        formats.write("explain", output, page(what, house), sys.stdout)
        return
    from xchange_cli.cli.validating import look_for

    formats.write("explained", output, look_for(what, tuple(paths or ())), sys.stdout)
