"""Moments in a column."""


def minute(at: str) -> str:
    """Say `2024-05-17 09:30` for a time in ISO form."""
    return at.replace("T", " ")[: len("2024-05-17 09:30")]
