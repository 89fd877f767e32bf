"""What is published of an integration, in a few words."""

from collections.abc import Iterator

from xchange_cli.overview.publication import Publication

_TO = {"org": "the organization", "all": "all"}


def publication_line(published: Publication) -> str:
    """Say `published: order-intake@3; the working copy differs`, or what a version is among the others."""
    if published.differs is None:
        said = [f"version {published.version:,} of {published.newest:,}", *remarks(published)]
    else:
        copy = "the working copy differs" if published.differs else "the working copy is the same"
        said = [f"published: {published.reference}", *remarks(published), copy]
    return "; ".join(said)


def remarks(published: Publication) -> Iterator[str]:
    """Yield what a version changes, where that is known, that it is unavailable, and that it is a template."""
    if published.grade:
        yield f"{published.grade} for those who have {published.key}@{published.against}"
    if not published.is_available:
        yield f"unavailable: {published.because}" if published.because else "unavailable"
    if published.offered is not None:
        to = template_for(published.template)
        is_this = published.offered == published.version
        what = "a template" if is_this else f"{published.key}@{published.offered} is a template"
        yield f"{what} for {to}"


def template_for(template: str) -> str:
    """Say whom a version is offered to as a template."""
    return _TO.get(template, template)
