"""What somebody fills in when the integration is deployed: config variables by page, and connections."""

from collections.abc import Iterator

from xchange_cli.formats.documentation_page import words
from xchange_cli.formats.documentation_page.contents import Heading, Ids, heading
from xchange_cli.formats.documentation_page.facts import Facts, facts, paragraphs
from xchange_cli.formats.documentation_page.markup import Html, joined, tag
from xchange_cli.overview.documentation import Documentation
from xchange_cli.overview.documentation_parts import (
    ConfigPagePart,
    ConnectionPart,
    FieldPart,
    VariablePart,
)

_ELSEWHERE = "On no page"


def configuration(documentation: Documentation, ids: Ids) -> tuple[list[Heading], Html]:
    """Give the headings and the HTML of the config variables; both are empty where there are none."""
    headings = [Heading(2, "Configuration", ids.of("Configuration"))]
    parts: list[Html] = []
    for page, variables in documentation.variables:
        one = Heading(3, page.name or _ELSEWHERE, ids.of(page.name or _ELSEWHERE))
        headings.append(one)
        parts.append(tag("section", heading(one), *_about(page), *map(_variable, variables)))
    return _section(headings, parts)


def connections(documentation: Documentation, ids: Ids) -> tuple[list[Heading], Html]:
    """Give the headings and the HTML of the connections; both are empty where there are none."""
    headings = [Heading(2, "Connections", ids.of("Connections"))]
    parts: list[Html] = []
    for connection in documentation.connections:
        one = Heading(3, connection.key, ids.of(connection.key))
        headings.append(one)
        parts.append(tag("section", heading(one), *_connection(connection)))
    return _section(headings, parts)


def _section(headings: list[Heading], parts: list[Html]) -> tuple[list[Heading], Html]:
    if not parts:
        return [], Html("")
    return headings, tag("section", heading(headings[0]), *parts)


def _about(page: ConfigPagePart) -> Iterator[Html]:
    yield from paragraphs(page.tagline)
    if page.is_user_level:
        yield tag("p", "Each user of a customer fills in this page.")


def _variable(variable: VariablePart) -> Html:
    told: Facts = {
        "Type": words.type_of(variable),
        "Default": _default(variable),
        "Required": "yes" if variable.is_required else "",
        "Options": _options(variable),
        "Seen by": words.AUDIENCES[variable.audience],
    }
    return tag("article", tag("h4", variable.key), *paragraphs(variable.help), facts(told))


def _default(variable: VariablePart) -> str:
    if variable.hides_default:
        return "hidden: it may be secret"
    if variable.schedule:
        return variable.schedule
    return tag("code", variable.default) if variable.default else ""


def _options(variable: VariablePart) -> str:
    listed = joined(*_separated(tag("code", option) for option in variable.options))
    return listed or (f"from {variable.source}" if variable.source else "")


def _separated(parts: Iterator[Html]) -> Iterator[str]:
    for number, part in enumerate(parts):
        yield from ((", ", part) if number else (part,))


def _connection(connection: ConnectionPart) -> Iterator[Html]:
    yield from paragraphs(connection.help)
    told: Facts = {
        "Component": connection.component_title,
        "Kind": words.grant(connection.oauth2) if connection.oauth2 else connection.kind,
        "Shared": f"it is set up once, as {connection.shared}" if connection.shared else "",
        "Seen by": words.AUDIENCES[connection.audience],
    }
    yield facts(told)
    if connection.fields:
        yield tag("h4", "Fields")
        yield tag("ul", *(_field(one) for one in connection.fields), class_="fields")


def _field(field: FieldPart) -> Html:
    label = f" {field.label}" if field.label != field.key else ""
    told = words.field_facts(field)
    seen = f"seen by {words.AUDIENCES[field.audience]}"
    return tag(
        "li", tag("code", field.key), label, tag("span", "; ".join(one for one in (told, seen) if one))
    )
