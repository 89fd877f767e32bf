"""What `validate` found, for the summary of a job on GitHub, and what GitHub shows nowhere else."""

from collections import Counter

from xchange_cli.formats.validate_markdown import markdown
from xchange_cli.formats.words import count
from xchange_cli.formats.workflow_command import ANNOTATED
from xchange_cli.validation.result import ValidationResult


def job_summary(result: ValidationResult) -> str:
    left = not_annotated(result)
    note = (
        f"GitHub shows {ANNOTATED} annotations of a kind: the list below has {count(left, 'more finding')}."
    )
    return markdown(result, *([note] if left else []))


def not_annotated(result: ValidationResult) -> int:
    """Count the findings that are more than GitHub shows beside the lines of a pull request."""
    kinds = Counter(found.severity for found in result.diagnostics)
    return sum(max(0, number - ANNOTATED) for number in kinds.values())
