"""What is published of an integration, as the published contracts have it."""

from typing import Any

from xchange_cli.overview.publication import Publication


def publication_data(published: Publication | None) -> dict[str, Any] | None:
    if published is None:
        return None
    return {
        "version": published.version,
        "newest": published.newest,
        "isAvailable": published.is_available,
        "because": published.because or None,
        "templateVersion": published.offered,
        "templateFor": published.template or None,
        "workingCopyDiffers": published.differs,
        **({"grade": published.grade, "against": published.against} if published.grade else {}),
    }
