"""Sizes of files in decimal units, as limits in megabytes count."""


def size_text(size: int) -> str:
    """Say `40 B`, `1.5 kB`, `2.0 MB`; never more than there is."""
    if size < 1000:
        return f"{size} B"
    unit, name = (1000, "kB") if size < 1_000_000 else (1_000_000, "MB")
    return f"{size * 10 // unit / 10:,.1f} {name}"
