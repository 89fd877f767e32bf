"""Changes of what happens when a step fails."""

from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import PartKind
from xchange_cli.changes.facts.effects import step_of
from xchange_cli.changes.grade import Grade, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.model.failure_words import in_words
from xchange_cli.model.integration import ErrorConfig

_ON = ((What.CHANGED, PartKind.STEP, ("errorConfig",)),)
_RETRY = "errorConfig: {errorHandlerType: retry, maxAttempts: 2, delaySeconds: 5}"
_IGNORE = "errorConfig: {errorHandlerType: ignore}"
_FAIL = "errorConfig: {errorHandlerType: fail}"


def _handling(delta: Delta) -> tuple[ErrorConfig, ErrorConfig]:
    old, new = step_of(delta.old), step_of(delta.new)
    return old.error if old else ErrorConfig(), new.error if new else ErrorConfig()


def _ignores(error: ErrorConfig) -> bool:
    return error.handler == "ignore" or (error.handler == "retry" and error.ignore_final)


def _ignored(delta: Delta, _scene: Scene) -> bool:
    old, new = _handling(delta)
    return _ignores(new) and not _ignores(old)


def _no_longer_ignored(delta: Delta, _scene: Scene) -> bool:
    old, new = _handling(delta)
    return _ignores(old) and not _ignores(new)


def _retries(delta: Delta) -> tuple[bool, bool]:
    old, new = _handling(delta)
    return old.handler == "retry", new.handler == "retry"


def _words(delta: Delta, _scene: Scene) -> str:
    old, new = map(_said, _handling(delta))
    return f"when it fails: {old} → {new}"


def _said(error: ErrorConfig) -> str:
    """Say what happens when a step fails, with the waits between the attempts."""
    words = in_words(error) or "the run ends"
    if error.handler != "retry":
        return words
    longer = ", then ever longer" if error.exponential else ""
    waits = f" after {error.delay_seconds:g} seconds{longer}" if error.delay_seconds else ""
    return words.replace("times", f"times{waits}", 1).replace("once", f"once{waits}", 1)


KINDS = (
    ChangeKind(
        id="errors-ignored",
        sentence="The run goes on when a step has failed; it ended before.",
        on=_ON,
        when=_ignored,
        grades=(Grade.RISKY,),
        judge=always(risky("Failures go unnoticed, and the steps behind are performed without its result.")),
        message=_words,
        cases=(
            Case(
                ((_RETRY, "errorConfig: {errorHandlerType: ignore, maxAttempts: 0}"),),
                "when it fails: retried up to 2 times after 5 seconds → its failure is ignored",
            ),
        ),
    ),
    ChangeKind(
        id="errors-no-longer-ignored",
        sentence="The run ends when a step has failed; it went on before.",
        on=_ON,
        when=_no_longer_ignored,
        grades=(Grade.RISKY,),
        judge=always(risky("Runs fail that went on until now.")),
        message=_words,
        cases=(Case(((_IGNORE, _FAIL),), "when it fails: its failure is ignored → the run ends"),),
    ),
    ChangeKind(
        id="step-retry-added",
        sentence="A step is tried again when it has failed.",
        on=_ON,
        when=lambda delta, _scene: _retries(delta) == (False, True),
        grades=(Grade.RISKY,),
        judge=always(risky("What it writes may be written more than once.")),
        message=_words,
        cases=(
            Case(
                (),
                "when it fails: the run ends → retried up to 2 times after 5 seconds",
                before=((_RETRY, _FAIL),),
            ),
        ),
    ),
    ChangeKind(
        id="step-retry-removed",
        sentence="A step is no longer tried again when it has failed.",
        on=_ON,
        when=lambda delta, _scene: _retries(delta) == (True, False),
        grades=(Grade.RISKY,),
        judge=always(risky("A failure that went away by itself now ends the run.")),
        message=_words,
        cases=(
            Case(((_RETRY, _FAIL),), "when it fails: retried up to 2 times after 5 seconds → the run ends"),
        ),
    ),
    ChangeKind(
        id="step-retry-changed",
        sentence="A step that has failed is tried again another number of times, or after another wait.",
        on=_ON,
        grades=(Grade.RISKY,),
        judge=always(risky("Failures that went away by themselves may end the run, or runs take longer.")),
        message=_words,
        cases=(
            Case(
                (("maxAttempts: 2, delaySeconds: 5", "maxAttempts: 1, delaySeconds: 9"),),
                "when it fails: retried up to 2 times after 5 seconds → retried once after 9 seconds",
            ),
        ),
    ),
)
