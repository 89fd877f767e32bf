"""Sends HTTP requests; the component is known from one example only and taken for a namesake of `http`."""
# ruff: noqa: N999 -- the module is named like the component's key

from functools import partial

from xchange_cli.components.spec import Example, Implementation
from xchange_cli.components.web.actions import send

COMPONENT = Implementation(
    actions={"httpPost": partial(send, "POST")},
    examples=(
        Example(
            "httpPost",
            {"url": "/orders", "data": {"id": 1}},
            None,
            error='url: the text "/orders" is not an absolute URL',
        ),
    ),
)
