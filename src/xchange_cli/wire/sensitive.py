"""What is most likely a secret though nobody said so: told by the name of a header, parameter or field, or by form.

A name can be wrong in both directions. What only looks like a secret costs little when it is hidden: the stand-in
depends on the name alone, so requests still match.
"""

import re
from collections.abc import Iterator

from xchange_cli.lazy_pattern import LazyPattern

_WORD = LazyPattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_PARTS = (
    "accesskey",
    "apikey",
    "assertion",
    "authorization",
    "cookie",
    "credential",
    "jwt",
    "passphrase",
    "password",
    "passwd",
    "privatekey",
    "secret",
    "sessionid",
    "signature",
    "subscriptionkey",
    "token",
)
"""Of names without what separates their words."""

_WORDS = frozenset({"auth", "hmac", "pwd", "session", "sig"})
_PAGING = frozenset(
    {"continuation", "cursor", "next", "page", "prev", "previous", "skip", "starting", "sync"}
)
_ABOUT = frozenset(
    {"count", "endpoint", "expires", "expiry", "length", "limit", "remaining", "ttl", "type", "uri", "url"}
)
"""Last words of names that say something about a secret, such as `token_type`."""

_FIELDS = frozenset({
    "accesstoken", "apikey", "authtoken", "clientassertion", "clientsecret", "idtoken", "password", "privatekey",
    "refreshtoken", "secretaccesskey", "sessiontoken",
})  # fmt: skip
"""Of JSON bodies: fewer, since the flow reads them and has to find there what it needs."""

_SHAPES = {
    "jwt": r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",
    "slack-token": r"\bxox[a-z]-[A-Za-z0-9-]{10,}",
    "github-token": r"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})",
    "gitlab-token": r"\bglpat-[A-Za-z0-9_-]{20,}",
    "aws-key-id": r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
    "google-key": r"\bAIza[A-Za-z0-9_-]{35}",
    "google-token": r"\bya29\.[A-Za-z0-9_-]{20,}",
    "stripe-key": r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}",
    "sendgrid-key": r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
    "npm-token": r"\bnpm_[A-Za-z0-9]{36}\b",
    "twilio-key": r"\bSK[0-9a-f]{32}\b",
    "shopify-token": r"\bshp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}\b",
    "hubspot-token": r"\bpat-(?:na|eu)[0-9]-[0-9a-f-]{36}\b",
    "ai-key": r"\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}",
    "azure-key": r"\bAccountKey=[A-Za-z0-9+/]{40,}={0,2}",
    "slack-webhook": r"\bhooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{16,}",
    "private-key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-(?!----))*+-----END [A-Z ]*PRIVATE KEY-----",
}
_MARKS = (
    "eyJ", "xox", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "AKIA", "ASIA", "AIza", "ya29.",
    "k_live_", "k_test_", "SG.", "npm_", "SK", "shp", "pat-", "sk-", "AccountKey=", "hooks.slack.com/", "PRIVATE KEY",
)  # fmt: skip
"""One of these is in every text that has a shape: looking for them takes a fraction of the time."""

_KEY_MARK = "PRIVATE KEY"
_KEY_HEAD = 60
"""What stands before the mark of a private key at most: its first dashes, and the kind of key."""

_LONGEST = 16_384
"""Characters from a mark to the end of the longest token or key."""

_WORD_END = LazyPattern(r"[\s\"'`]")

_SHAPE = LazyPattern(
    "|".join(f"(?P<{name.replace('-', '_')}>{shape})" for name, shape in _SHAPES.items()), re.DOTALL
)
_FIELD_IN_TEXT = LazyPattern(r'"(?P<name>\w{6,30})"(?P<between>\s*:\s*)"(?P<value>(?:[^"\\]|\\.)+)"')


def stand_in(name: str) -> str:
    """Give what stands in place of a value under this name: the same for all of them."""
    return f"«hidden: {name.lower()}»"


def is_sensitive(name: str) -> bool:
    """Tell whether a header, or a parameter of a query or form, holds a secret by its name."""
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or words[-1] in _ABOUT or words[:2] == ["access", "control"]:
        return False
    joined = "".join(words)
    found = [part for part in _PARTS if part in joined]
    if found == ["token"] and (_PAGING & set(words) or "ratelimit" in joined or words[-1] == "tokens"):
        return False
    return bool(found) or bool(_WORDS & set(words))


def is_sensitive_field(name: str) -> bool:
    """Tell whether a member of a JSON body holds a secret by its name."""
    return re.sub("[^a-z]", "", name.lower()) in _FIELDS


def may_have_shapes(text: str) -> bool:
    """Tell fast whether a text may hold a well-known kind of token or key; where not, it surely holds none."""
    return any(mark in text for mark in _MARKS)


def parts_with_shapes(text: str) -> list[tuple[int, int]]:
    """Give start and end of the parts of a text that may have shapes: of a long text there are few, or none."""
    parts: list[tuple[int, int]] = []
    for start, end in sorted(_near_marks(text)):
        if parts and start <= parts[-1][1]:
            parts[-1] = (parts[-1][0], max(end, parts[-1][1]))
        else:
            parts.append((start, end))
    return parts


def _near_marks(text: str) -> Iterator[tuple[int, int]]:
    for mark in _MARKS:
        at = text.find(mark)
        while at >= 0:
            if mark == _KEY_MARK:
                yield max(0, at - _KEY_HEAD), at + _LONGEST
            else:
                word = _WORD_END.search(text, at, at + _LONGEST)
                yield max(0, at - 2), min(word.start() if word else len(text), at + _LONGEST)
            at = text.find(mark, at + len(mark))


def shapes_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield kind, start and end of what has the form of a well-known kind of token or key."""
    for match in _SHAPE.finditer(text):
        yield (match.lastgroup or "").replace("_", "-"), *match.span()


def without_shapes(text: str) -> str:
    """Replace what has the form of a well-known kind of token or key."""
    return _SHAPE.sub(lambda match: stand_in((match.lastgroup or "").replace("_", "-")), text)


def without_fields(text: str) -> str:
    """Replace sensitive fields in a text that holds JSON, even if it is none as a whole."""
    return _FIELD_IN_TEXT.sub(_without_field, text)


def _without_field(match: re.Match[str]) -> str:
    name = match["name"]
    return f'"{name}"{match["between"]}"{stand_in(name)}"' if is_sensitive_field(name) else match[0]
