"""The webhook URLs that local runs make up: nobody answers there."""

from urllib.parse import unquote

from xchange_cli.wire.http import HttpRequest, WireError
from xchange_cli.wire.urls import parsed_url, shown_url
from xchange_cli.wire.whole_payload import BASE_URL

_HOST = BASE_URL.partition("//")[2].encode("ascii")


def refuse_stand_in(request: HttpRequest) -> None:
    """Refuse for good what the hosted platform would take: a request to a flow by its webhook URL.

    Raises:
        WireError: `network-denied` with the name of the flow in the URL; `bad-request` where the URL is none.

    """
    if _HOST not in request.url.lower().encode("utf-8", "replace"):
        return
    parsed = parsed_url(request.url)
    if parsed.raw_host != _HOST:
        return
    flow = unquote(parsed.path.strip("/").partition("/")[0])
    whose = f"of the flow `{flow}`" if flow else "of a flow"
    raise WireError(
        "network-denied",
        f"{request.method} {shown_url(request.url)}: this URL stands in for the webhook {whose} and exists in this "
        "run only as a text; mock the step, or run that flow by itself",
        is_final=True,
    )
