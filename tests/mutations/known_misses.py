"""Mistakes that are not found everywhere, each with the reason."""

KNOWN_MISSES = {
    "give back the bare value": (
        "Whether a variable holds an object with `data` is known only when the code runs. A list, text or number that "
        "is written out is found."
    ),
    "misspell the key of a value that is read": (
        "Where code of the flow keeps values, too, it may write any key. It is found where only steps keep values."
    ),
    "lose the quote behind a text": (
        "YAML reads on to the next quote, which may be many lines below, and only there is something wrong. It is "
        "reported there."
    ),
}
"""By the names of mutations: each is caught at some sites and missed at others."""
