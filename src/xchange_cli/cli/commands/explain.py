from typing import Annotated

import typer

from xchange_cli.cli.params import output_option


def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The name of a rule, as findings show it.")],
    *,
    output: Annotated[str, output_option("explain")] = "text",
) -> None:
    """Explain a rule: what it checks, why that matters, how to fix it.

    Every finding names its rule, and the findings about config sets are explained too.

    Examples:

      xchange explain unknown-reference
      xchange explain unknown-reference --output json
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.validation.pages import page

    formats.write("explain", output, page(rule), sys.stdout)
