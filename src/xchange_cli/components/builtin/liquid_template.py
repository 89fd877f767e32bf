"""Renders Liquid templates, as LiquidJS does; that the platform uses LiquidJS is likely, not documented."""

from collections.abc import Mapping
from typing import Any

from xchange_cli.components.collections import to_members
from xchange_cli.components.conversions import to_string
from xchange_cli.components.inputs import read_required
from xchange_cli.components.spec import ActionContext, ActionResult, Example, Implementation


def transform(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Render a template whose variables are the members of the data; what is missing is empty text."""
    from xchange_cli.components.liquid.engine import render

    template = read_required(inputs, "liquidTemplate", to_string)
    return ActionResult(render(context, template, read_required(inputs, "data", to_members)))


COMPONENT = Implementation(
    actions={"transform": transform},
    examples=(
        Example("transform", {"data": {"name": "Bob"}, "liquidTemplate": "Hello {{ name }}"}, "Hello Bob"),
        Example(
            "transform",
            {
                "data": '{"details": {"title": "Dr"}}',
                "liquidTemplate": "{{ details.title }}{{ details.none }}",
            },
            "Dr",
        ),
        Example(
            "transform",
            {
                "data": {"data": {"items": [1, 2.5, None]}, "contentType": "application/json"},
                "liquidTemplate": "{{ data | json }}",
            },
            '{"items":[1,2.5,null]}',
        ),
        Example(
            "transform",
            {
                "data": {"orders": [{"id": 7, "open": True}, {"id": 8, "open": False}]},
                "liquidTemplate": "{% for order in orders %}{% if order.open %}{{ order.id }};{% endif %}{% endfor %}",
            },
            "7;",
        ),
        Example("transform", {"data": {}, "liquidTemplate": "{{ 5 | divided_by: 2 }}"}, "2.5"),
        Example(
            "transform", {"data": {}, "liquidTemplate": "{{ 'now' | date: '%F %T' }}"}, "2024-05-17 09:30:15"
        ),
        Example(
            "transform",
            {"data": [1], "liquidTemplate": "x"},
            None,
            error="data: a list of 1 is not an object",
        ),
        Example(
            "transform",
            {"data": {}, "liquidTemplate": "{% if a %}b"},
            None,
            error="liquidTemplate: ",
        ),
    ),
)
