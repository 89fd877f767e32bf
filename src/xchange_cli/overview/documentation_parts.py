"""What the documentation of an integration is made of: what somebody wrote, and what its file says, as data."""

from enum import StrEnum
from typing import NamedTuple

from xchange_cli.model.integration import ErrorConfig, RetryConfig
from xchange_cli.overview.chart import Chart
from xchange_cli.validation.flow_starts import Start


class WrittenPage(NamedTuple):
    """A text in Markdown. `name` is its file's path beside the integration, empty for the `documentation` key."""

    name: str
    text: str


class Audience(StrEnum):
    """Who may see what is asked for when the integration is deployed."""

    CUSTOMERS = "customers"
    USERS = "users"
    """Each user of a customer has a value of their own."""
    EMBEDDED = "embedded"
    """Only programs of the organisation set it."""
    ORGANISATION = "organisation"
    NOBODY = "nobody"


class VariablePart(NamedTuple):
    """A config variable that is no connection.

    `default` is empty where there is none, and where it is secret, which `hides_default` tells. `source` is the data
    source of its options. `schedule` says a default value that is a schedule in words.
    """

    key: str
    data_type: str
    collection: str
    default: str
    hides_default: bool
    is_required: bool
    help: str
    audience: Audience
    options: tuple[str, ...]
    source: str
    schedule: str


class FieldPart(NamedTuple):
    """A field of a connection; its value is told nowhere. `is_set` tells that the file gives one."""

    key: str
    label: str
    type: str
    is_required: bool
    is_secret: bool
    is_set: bool
    audience: Audience
    note: str


class ConnectionPart(NamedTuple):
    """A connection. `shared` is the key of one that is set up once for all; it has neither component nor fields here.

    `oauth2` is the grant type, empty for other kinds.
    """

    key: str
    component: str
    component_title: str
    kind: str
    oauth2: str
    shared: str
    help: str
    audience: Audience
    fields: tuple[FieldPart, ...]


class ConfigPagePart(NamedTuple):
    """A page of the configuration; what is on no page stands on one without a name. `elements` are in its order."""

    name: str
    tagline: str
    is_user_level: bool
    elements: tuple[VariablePart | ConnectionPart, ...]


class Endpoint(NamedTuple):
    """The URL by which a flow is started. `kind` and `security` are the words of the file.

    `routing` tells by which fields a request to a URL of several flows finds its flow and its customer.
    """

    kind: str
    security: str
    preprocess_flow: str
    routing: tuple[tuple[str, str], ...]


class TriggerPart(NamedTuple):
    """How a flow is started. `schedule` is in words, empty where there is none."""

    start: Start
    name: str
    component: str
    action: str
    summary: str
    endpoint: Endpoint | None
    schedule: str


class ArmPart(NamedTuple):
    name: str
    steps: tuple["StepPart", ...]


class StepPart(NamedTuple):
    """A step. `effect` is pure, reads or writes, empty where the catalogue does not know the action.

    `summary` is what the catalogue says of the action, `description` what the author says of the step. `connection` is
    the config variable whose connection it uses. `steps` is None of what is no loop.
    """

    name: str
    ref: str
    component: str
    action: str
    summary: str
    description: str
    effect: str
    connection: str
    failure: ErrorConfig
    steps: tuple["StepPart", ...] | None
    arms: tuple[ArmPart, ...]


class FlowPart(NamedTuple):
    """A flow; `waits` tells that callers wait for its answer. `steps` are those behind the trigger.

    `arms` are the branches of the trigger itself.
    """

    name: str
    description: str
    trigger: TriggerPart
    waits: bool
    retry: RetryConfig | None
    arms: tuple[ArmPart, ...]
    steps: tuple[StepPart, ...]
    chart: Chart
