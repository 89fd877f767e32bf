from typing import Annotated

from xchange_cli.cli.params import output_option


def rules(*, output: Annotated[str, output_option("rules")] = "text") -> None:
    """List all rules with their severities.

    A project grades them in xchange.yaml, under lint and rules.

    Examples:

      xchange rules
      xchange rules --output json
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.validation.pages import pages

    formats.write("rules", output, pages(), sys.stdout)
