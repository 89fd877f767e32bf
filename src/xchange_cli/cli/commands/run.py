from collections.abc import Callable
from typing import Annotated

import typer

from xchange_cli.cli.completion.beside import config_sets, payloads, recordings
from xchange_cli.cli.completion.integrations import integrations
from xchange_cli.cli.completion.parts import config_var_values, flows, mocked_steps, steps
from xchange_cli.cli.completion.records import runs
from xchange_cli.cli.exits import Exit
from xchange_cli.cli.optional_value import OptionalValues, allow_writes_option
from xchange_cli.cli.params import output_option

_STARTS = "What starts it"
_WORLD = "The world outside"
_COURSE = "How it goes"

KIND = OptionalValues

SHORTEST = 0.001
LONGEST = 30 * 24 * 60 * 60


def _sensible(seconds: float | None) -> float | None:
    if seconds is not None and not seconds >= SHORTEST:  # neither is NaN
        raise typer.BadParameter(f"a run needs at least {SHORTEST} seconds")
    if seconds is not None and seconds > LONGEST:
        raise typer.BadParameter(f"a run may take at most {LONGEST} seconds, which are 30 days")
    return seconds


def _one_of(*words: str) -> Callable[[str], str]:
    def checked(word: str) -> str:
        if word and word not in words:
            raise typer.BadParameter(f"{word!r} is not one of {', '.join(words)}")
        return word

    return checked


def run(
    context: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|KEY",
            help="The integration; may be left out where there is only one.",
            show_default=False,
            autocompletion=integrations,
        ),
    ] = None,
    *,
    flow: Annotated[
        str,
        typer.Option(
            help="Name of the flow; may be left out where there is only one.",
            metavar="NAME",
            autocompletion=flows,
        ),
    ] = "",
    config: Annotated[
        str,
        typer.Option(
            help="Config set: a name of configs/, or a file.", metavar="SET|FILE", autocompletion=config_sets
        ),
    ] = "",
    payload: Annotated[
        str,
        typer.Option(
            help="The request: a name of payloads/, a file, or - for standard input. Either its body, or a whole "
            "trigger payload with headers and body.",
            metavar="NAME|FILE|-",
            autocompletion=payloads,
            rich_help_panel=_STARTS,
        ),
    ] = "",
    var: Annotated[
        list[str] | None,
        typer.Option(
            help="Value of a config variable; may be repeated.",
            metavar="KEY=VALUE",
            autocompletion=config_var_values,
        ),
    ] = None,
    mock: Annotated[
        list[str] | None,
        typer.Option(
            help="Answer a step with a result instead of performing it; STEP[2] in the third pass of its loop only. "
            '{"error": "message"} makes it fail, {"noChanges": true} lets a polling trigger find nothing. '
            "May be repeated.",
            metavar="STEP=FILE|JSON",
            autocompletion=mocked_steps,
        ),
    ] = None,
    until: Annotated[
        str,
        typer.Option(
            help="End the run after this step; it keeps no state then.",
            metavar="STEP",
            autocompletion=steps,
            rich_help_panel=_COURSE,
        ),
    ] = "",
    trigger: Annotated[
        str,
        typer.Option(
            help="Start the flow as its schedule does, without a request.",
            metavar="schedule",
            callback=_one_of("schedule"),
            autocompletion=lambda: ["schedule"],
            rich_help_panel=_STARTS,
        ),
    ] = "",
    at: Annotated[
        str,
        typer.Option(
            help="The time at which the schedule starts it: 2026-05-17T09:30, or next for the next one it has. The "
            "run's clock shows it, too.",
            metavar="TIME",
            rich_help_panel=_STARTS,
        ),
    ] = "",
    deploy: Annotated[
        bool,
        typer.Option(
            "--deploy",
            help="Run the flows that a platform runs when an instance is deployed.",
            rich_help_panel=_STARTS,
        ),
    ] = False,
    remove: Annotated[
        bool,
        typer.Option(
            "--remove",
            help="Run the flows that a platform runs when an instance is removed.",
            rich_help_panel=_STARTS,
        ),
    ] = False,
    resume: Annotated[
        str,
        typer.Option(
            help="Go on with a run that failed or was interrupted, by its id or last; steps that have finished do not "
            "run again.",
            metavar="RUN",
            autocompletion=runs,
            rich_help_panel=_STARTS,
        ),
    ] = "",
    allow_writes: Annotated[list[str] | None, allow_writes_option(_WORLD)] = None,
    http: Annotated[
        str,
        typer.Option(
            help="Use the network (live, the default), keep what goes over it (record), answer from what was kept "
            "(replay), or open no connection (deny).",
            metavar="live|record|replay|deny",
            callback=_one_of("live", "record", "replay", "deny"),
            autocompletion=lambda: ["live", "record", "replay", "deny"],
            rich_help_panel=_WORLD,
        ),
    ] = "",
    recording: Annotated[
        str,
        typer.Option(
            help="Name of the recording in recordings/; by default the flow's.",
            metavar="NAME",
            autocompletion=recordings,
            rich_help_panel=_WORLD,
        ),
    ] = "",
    js: Annotated[
        str,
        typer.Option(
            help="What runs JavaScript; by default the built-in QuickJS, and Node.js for code that needs it.",
            metavar="quickjs|node",
            callback=_one_of("auto", "quickjs", "node"),
            autocompletion=lambda: ["quickjs", "node"],
            show_default=False,
            rich_help_panel=_WORLD,
        ),
    ] = "",
    retry: Annotated[
        bool,
        typer.Option(
            "--retry",
            help="Run the flow again when it fails, as its retryConfig says.",
            rich_help_panel=_COURSE,
        ),
    ] = False,
    no_wait: Annotated[
        bool,
        typer.Option("--no-wait", help="Skip sleeping and the delays of retries.", rich_help_panel=_COURSE),
    ] = False,
    timeout: Annotated[
        float | None,
        typer.Option(
            help="Seconds the run may take; by default 900, or 30 for a synchronous flow; at most 30 days.",
            metavar="SECONDS",
            callback=_sensible,
            show_default=False,
            rich_help_panel=_COURSE,
        ),
    ] = None,
    no_record: Annotated[
        bool,
        typer.Option(
            "--no-record",
            help="Keep no record of the run; it cannot be resumed then.",
            rich_help_panel=_COURSE,
        ),
    ] = False,
    output: Annotated[str, output_option("run")] = "text",
) -> None:
    """Run a flow on this machine.

    Steps whose component has no local code need a mock; they fail the run only when they are reached.

    Examples:

      xchange run order-intake --config dev --payload order
      xchange run acme --flow 'Receive Order' --payload - < order.json
      xchange run acme --mock 'createRow={"id": 1}' --until createRow
      xchange run acme --config acme --var 'Page Size=5' --output json
      xchange run acme --flow Nightly --trigger schedule --at next
      xchange run acme --config acme --payload order --allow-writes=api.acme.test
      xchange run --resume last

    Exit codes:

      0   the flow ran well, or had nothing to do
      1   errors in the file, the config set or the payload; the run did not start
      3   a file cannot be read, or there is no such integration, payload or run
      10  the flow ran and failed
      12  the flow ran out of time
    """
    from xchange_cli.cli.running import Options, execute
    from xchange_cli.runs.request import RunRequest

    request = RunRequest(
        flow=flow,
        config=config,
        payload=payload,
        variables=tuple(var or ()),
        mocks=tuple(mock or ()),
        until=until,
        waits=not no_wait,
        timeout=timeout,
        trigger=trigger,
        at=at,
        deploys=deploy,
        removes=remove,
        retries=retry,
        allow_writes=tuple(allow_writes or ()),
        http=http,
        recording=recording,
        javascript=js,
        is_recorded=not no_record,
        resume=resume,
    )
    raise typer.Exit(execute(context, Options(target, request, output)) or Exit.OK)
