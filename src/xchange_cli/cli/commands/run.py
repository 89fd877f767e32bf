from typing import Annotated

import typer

from xchange_cli.cli.exits import Exit
from xchange_cli.cli.params import output_option

SHORTEST = 0.001
LONGEST = 30 * 24 * 60 * 60


def _sensible(seconds: float | None) -> float | None:
    if seconds is not None and not seconds >= SHORTEST:  # neither is NaN
        raise typer.BadParameter(f"a run needs at least {SHORTEST} seconds")
    if seconds is not None and seconds > LONGEST:
        raise typer.BadParameter(f"a run may take at most {LONGEST} seconds, which are 30 days")
    return seconds


def run(
    context: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|KEY",
            help="The integration; may be left out where there is only one.",
            show_default=False,
        ),
    ] = None,
    *,
    flow: Annotated[
        str, typer.Option(help="Name of the flow; may be left out where there is only one.", metavar="NAME")
    ] = "",
    config: Annotated[
        str, typer.Option(help="Config set: a name of configs/, or a file.", metavar="SET|FILE")
    ] = "",
    payload: Annotated[
        str,
        typer.Option(
            help="What starts the flow: a name of payloads/, a file, or - for standard input. Either the body of "
            "the request, or a whole trigger payload with headers and body.",
            metavar="NAME|FILE|-",
        ),
    ] = "",
    var: Annotated[
        list[str] | None,
        typer.Option(help="Value of a config variable; may be repeated.", metavar="KEY=VALUE"),
    ] = None,
    mock: Annotated[
        list[str] | None,
        typer.Option(
            help="Answer a step with a result instead of performing it; STEP[2] in the third iteration only. "
            '{"error": "message"} makes it fail. May be repeated.',
            metavar="STEP=FILE|JSON",
        ),
    ] = None,
    until: Annotated[str, typer.Option(help="End the run after this step.", metavar="STEP")] = "",
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Skip sleeping and the delays of retries.")
    ] = False,
    timeout: Annotated[
        float | None,
        typer.Option(
            help="Seconds the run may take; by default 900, or 30 for a synchronous flow; at most 30 days.",
            metavar="SECONDS",
            callback=_sensible,
            show_default=False,
        ),
    ] = None,
    output: Annotated[str, output_option("run")] = "text",
) -> None:
    """Run a flow on this machine.

    Steps whose component has no local code need a mock; they fail the run only when they are reached.

    Examples:

      xchange run order-intake --config dev --payload order
      xchange run acme --flow 'Receive Order' --payload - < order.json
      xchange run acme --mock 'createRow={"id": 1}' --until createRow
      xchange run acme --config acme --var 'Page Size=5' --output json
    """
    from xchange_cli.cli.running import Options, execute
    from xchange_cli.runs.prepare import RunRequest

    request = RunRequest(
        flow=flow,
        config=config,
        payload=payload,
        variables=tuple(var or ()),
        mocks=tuple(mock or ()),
        until=until,
        waits=not no_wait,
        timeout=timeout,
    )
    raise typer.Exit(execute(context, Options(target, request, output)) or Exit.OK)
