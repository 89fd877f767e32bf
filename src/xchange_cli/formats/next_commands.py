"""What to type after an integration was begun."""

from xchange_cli.authoring.blank import CONFIG_SET, RUN_OPTIONS
from xchange_cli.authoring.new_integration import NewIntegration


def next_commands(new: NewIntegration) -> tuple[str, str]:
    """Give two commands: one that checks it, and one that runs it or, where it takes more to run it, shows it."""
    if new.trigger:
        options = f"--config {CONFIG_SET} {RUN_OPTIONS[new.trigger]}"
        return f"xchange validate {new.key} --config all", f"xchange run {new.key} {options}"
    return f"xchange validate {new.key}", f"xchange show {new.key}"
