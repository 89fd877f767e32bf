from typing import TYPE_CHECKING, Annotated

import typer

from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.completion.known import explained
from xchange_cli.cli.params import output_option

if TYPE_CHECKING:
    from xchange_cli.validation.pages import Page
    from xchange_cli.validation.rule import HouseRules


def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="RULE|CHANGE|FINGERPRINT",
            help="The name of a rule, as findings show it, or of a kind of change, as `diff` shows it, or the fingerprint of a "
            "finding: six of its digits will do.",
            autocompletion=explained,
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
    """Explain a rule, a finding and its rule, or a kind of change: what it is about, why that matters, how to fix it.

    Every finding names its rule, and the findings about config sets are explained too.

    Examples:

      xchange explain unknown-reference
      xchange explain unknown-reference --output json
      xchange explain config-var-renamed
      xchange explain 3fa1c0
      xchange explain 3fa1c07b52de acme

    Exit codes:

      0  explained
      3  there is no such rule, change or finding, or the project cannot be read
    """
    import sys

    from xchange_cli import formats
    from xchange_cli.cli.own_rules import own_rules
    from xchange_cli.validation.explained import is_fingerprint
    from xchange_cli.validation.pages import names
    from xchange_cli.validation.rule import NO_HOUSE_RULES

    if not is_fingerprint(what):
        from xchange_cli.changes.table import kind_called

        if what not in names() and (kind := kind_called(what)) is not None:
            formats.write("kind", output, kind, sys.stdout)
            return
        house = NO_HOUSE_RULES if what in names() else own_rules()
        formats.write("explain", output, _page(what, house), sys.stdout)
        return
    from xchange_cli.cli.validating import look_for

    formats.write("explained", output, look_for(what, tuple(paths or ())), sys.stdout)


def _page(what: str, house: "HouseRules") -> "Page":
    """Find the page of a rule.

    Raises:
        XchangeError: NOT_FOUND; the hint names the nearest rule or kind of change.

    """
    from xchange_cli.changes.table import kinds
    from xchange_cli.errors import ErrorCode, XchangeError
    from xchange_cli.nearest import nearest
    from xchange_cli.validation.pages import names, page

    try:
        return page(what, house)
    except XchangeError as error:
        changes = [kind.id for kind in kinds()]
        near = nearest(what, [*names(), *house.names, *changes])
        if near not in changes:
            raise
        message = f"there is no rule and no kind of change `{what}`"
        raise XchangeError(ErrorCode.NOT_FOUND, message, hint=f"Did you mean `{near}`?") from error
