"""Which files beside an integration are published with it: icon, documentation, attachments."""

ICON = "icon.png"
DOCS = "docs"
ATTACHMENTS = "attachments"
_PAGES = (".md", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
"""Documentation, and the images that it can show."""


def is_published(inner: str) -> bool:
    """Tell whether a path in an integration's folder, with `/`, is one of what a version brings along."""
    if any(part.startswith(".") for part in inner.split("/")):
        return False
    return inner == ICON or is_published_page(inner) or inner.startswith(f"{ATTACHMENTS}/")


def is_published_page(inner: str) -> bool:
    """Tell whether a path in an integration's folder is a page of its documentation, or an image for one."""
    return inner.startswith(f"{DOCS}/") and inner.lower().endswith(_PAGES)
