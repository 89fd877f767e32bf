"""What happens when a step fails, in words."""

from xchange_cli.model.integration import ErrorConfig


def in_words(error: ErrorConfig) -> str:
    """Say `retried up to 3 times` or `its failure is ignored`; empty where a failure ends the run."""
    match error.handler:
        case "ignore":
            return "its failure is ignored"
        case "retry":
            times = "once" if error.max_attempts == 1 else f"up to {error.max_attempts} times"
            return f"retried {times}" + (", then its failure is ignored" if error.ignore_final else "")
        case _:
            return ""
