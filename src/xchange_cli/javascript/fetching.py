"""Makes the HTTP exchanges that code in Node.js asks for with `fetch`."""

from base64 import b64encode
from typing import Any

from xchange_cli.javascript.messages import Asked
from xchange_cli.wire.http import HttpClient, HttpRequest, Terms, WireError

_CODES = {"connection-failed": "ECONNREFUSED", "timeout": "UND_ERR_HEADERS_TIMEOUT"}
"""What Node.js calls failures that code may look for."""

_LEAST_SECONDS = 0.001


def fetch(http: HttpClient, asked: Asked, seconds: float) -> dict[str, Any]:
    """Give the `response` to what was asked, or the `failure` that the code may handle.

    Raises:
        WireError: a final one, that the code may not handle.

    """
    try:
        response = http.send(_request(asked), _terms(asked, seconds))
    except WireError as error:
        if error.is_final:
            raise
        return {"failure": {"message": error.message, "code": _CODES.get(error.kind, "UND_ERR")}}
    return {
        "response": {
            "status": response.status,
            "reason": response.reason,
            "headers": response.headers,
            "url": response.url,
            "body": b64encode(response.body).decode("ascii"),
        }
    }


def _request(asked: Asked) -> HttpRequest:
    """Make the request; the headers are those that Node.js sends with every one."""
    given = {name.lower() for name, _ in asked.headers}
    usual = (("accept", "*/*"), ("user-agent", "node"))
    added = tuple((name, value) for name, value in usual if name not in given)
    return HttpRequest(asked.method, asked.url, (*asked.headers, *added), asked.body)


def _terms(asked: Asked, seconds: float) -> Terms:
    terms = Terms(seconds=max(seconds, _LEAST_SECONDS))
    return terms if asked.redirect == "follow" else terms._replace(most_redirects=0)
