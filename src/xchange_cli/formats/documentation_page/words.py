"""What the words of integration files mean, said to somebody who knows no such file."""

from collections.abc import Mapping

from xchange_cli.model.integration import RetryConfig
from xchange_cli.overview.documentation_parts import Audience, FieldPart, VariablePart
from xchange_cli.validation.flow_starts import Start

AUDIENCES: Mapping[Audience, str] = {
    Audience.CUSTOMERS: "customers and the organisation",
    Audience.USERS: "each user, for themselves",
    Audience.EMBEDDED: "the organisation; customers do not see it",
    Audience.ORGANISATION: "the organisation only",
    Audience.NOBODY: "nobody: it is not asked for",
}

STARTS: Mapping[Start, str] = {
    Start.REQUEST: "a request to its URL",
    Start.SCHEDULE: "a schedule",
    Start.DEPLOYMENT: "the deployment of an instance",
    Start.FLOW: "another flow, or itself",
    Start.AGENT: "an AI agent",
    Start.NOTHING: "nothing: it has no trigger",
}

_ENDPOINTS = {
    "flow_specific": "one for this flow in each instance",
    "instance_specific": "one for each instance, for all of its flows",
    "shared_instance": "one for all instances of the integration",
}
_SECURITY = {
    "unsecured": "no API key: whoever knows the URL may call it",
    "customer_optional": "an API key in the header Api-Key, where the customer sets one",
    "customer_required": "an API key in the header Api-Key, which the customer sets",
    "organization": "an API key of the organisation in the header Api-Key",
}
_ROUTES = {
    "flowNameField": "flow",
    "externalCustomerIdField": "customer",
    "externalCustomerUserIdField": "user",
}
_TYPES = {
    "boolean": "true or false",
    "code": "code",
    "date": "date",
    "jsonForm": "form",
    "number": "number",
    "objectFieldMap": "mapping of fields",
    "objectSelection": "selection of objects",
    "picklist": "choice",
    "schedule": "schedule",
    "string": "text",
    "timestamp": "date and time",
}
_COLLECTIONS = {"valuelist": "list: {}", "keyvaluelist": "list of keys and values: {}"}
_GRANTS = {
    "authorization_code": "OAuth 2.0: somebody signs in",
    "client_credentials": "OAuth 2.0 with client credentials",
    "password": "OAuth 2.0 with a password",
}


def endpoint(kind: str) -> str:
    return _ENDPOINTS.get(kind, kind)


def security(kind: str) -> str:
    return _SECURITY.get(kind, kind)


def route(field: str) -> str:
    """Name what a field of a request to a shared URL tells."""
    return _ROUTES.get(field, field)


def grant(oauth2: str) -> str:
    return _GRANTS.get(oauth2, f"OAuth 2.0 ({oauth2})")


def type_of(variable: VariablePart) -> str:
    single = _TYPES.get(variable.data_type, variable.data_type)
    return _COLLECTIONS.get(variable.collection, "{}").format(single)


def action_title(component: str, action: str) -> str:
    """Say `Slack: Post Message`, and once what both are called."""
    return ": ".join(dict.fromkeys(part for part in (component, action) if part))


def retry(config: RetryConfig) -> str:
    """Say `up to 3 times after 5 minutes`."""
    often = "once" if config.max_attempts == 1 else f"up to {config.max_attempts} times"
    minutes = "1 minute" if config.delay_minutes == 1 else f"{config.delay_minutes} minutes"
    longer = ", twice as long each time" if config.exponential else ""
    return f"{often}, after {minutes}{longer}"


def field_facts(field: FieldPart) -> str:
    """Say `password, required, secret`."""
    facts = [
        field.type,
        "required" if field.is_required else "",
        "secret" if field.is_secret else "",
        "given in the file" if field.is_set else "",
    ]
    return ", ".join(fact for fact in facts if fact)
