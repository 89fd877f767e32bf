"""Findings that neither a comment nor a baseline hides."""

NOT_IGNORABLE = frozenset(
    {
        "yaml-syntax",
        "merge-conflict",
        "unreadable-file",
        "empty-file",
        "multiple-documents",
        "too-deep",
        "too-many-aliases",
        "bad-alias",
        "internal-rule-error",
    }
)
"""With these nothing, or not everything, was checked: no comment and no baseline hides them."""

ABOUT_COMMENTS = frozenset({"unused-ignore", "bad-ignore", "ignore-without-reason"})
"""What is reported about the comments themselves; a comment that could silence it would never be done."""
