"""What documentation says of the rarer parts of an integration, and how it looks on a terminal."""

import pytest

from runs import flow, integration, step
from terminals import Terminal, screen
from xchange_cli.components.catalog import Catalog
from xchange_cli.formats import documentation_text
from xchange_cli.formats.documentation_page.page import page_of
from xchange_cli.overview.documentation import documentation_of
from xchange_cli.overview.documentation_parts import Audience, ConnectionPart, Endpoint
from xchange_cli.project.integration_file import opened
from xchange_cli.project.targets import Target
from xchange_cli.source import Source
from xchange_cli.validation.flow_starts import Start


@pytest.fixture
def documented(tmp_path):
    """Give the documentation of an integration from its text."""

    def read(text):
        file = opened(
            Target("integration.yml", "key", tmp_path / "integration.yml"), Source("integration.yml", text)
        )
        return documentation_of(file, Catalog.load(), tmp_path)

    return read


def with_variable(lines, page="userLevelConfigured: false"):
    head = f"configPages: [{{name: Page, {page}, elements: [{{type: configVar, value: V}}]}}]\nrequiredConfigVars: [{lines}]\n"
    return integration(flow(), head=head)


def test_a_shared_url_tells_how_a_request_finds_its_flow_and_its_customer(documented):
    head = (
        "endpointType: shared_instance\npreprocessFlowName: Sort\n"
        "flowNameField: {type: reference, value: sort.results.flow}\n"
        "externalCustomerIdField: {type: reference, value: sort.results.customer}\n"
    )
    found = documented(integration(flow(name="Sort"), head=head))
    assert found.flows[0].trigger.endpoint == Endpoint(
        "shared_instance",
        "customer_optional",
        "Sort",
        (("flowNameField", "sort.results.flow"), ("externalCustomerIdField", "sort.results.customer")),
    )
    page = page_of(found)
    assert "one for all instances of the integration" in page
    assert "the flow Sort finds out who is meant" in page
    assert "flow by sort.results.flow, customer by sort.results.customer" in page


@pytest.mark.parametrize(
    ("component", "action", "more", "start"),
    [
        ("webhook-triggers", "webhook", "", Start.REQUEST),
        ("slack", "webhook", "", Start.REQUEST),
        ("nobody-knows", "it", "", Start.REQUEST),
        ("schedule-triggers", "schedule", "", Start.SCHEDULE),
        ("salesforce", "pollChangesTrigger", "", Start.SCHEDULE),
        ("management-triggers", "instanceDeploy", "", Start.DEPLOYMENT),
        ("cross-flow", "crossFlow", "", Start.FLOW),
        ("recursive-flow", "recursiveTrigger", "", Start.FLOW),
        ("openai", "toolFlowTrigger", "", Start.AGENT),
        ("webhook-triggers", "webhook", "isAgentFlow: true\n", Start.AGENT),
    ],
)
def test_the_trigger_says_what_starts_a_flow(component, action, more, start, documented):
    trigger = step("Trigger", component, action, is_trigger=True)
    found = documented(integration(flow(trigger=trigger, more=more)))
    assert found.flows[0].trigger.start is start
    assert (found.flows[0].trigger.endpoint is None) == (start is not Start.REQUEST)


def test_a_flow_without_a_trigger_is_started_by_nothing(documented):
    found = documented(integration("- {name: A, steps: []}\n"))
    assert found.flows[0].trigger.start is Start.NOTHING
    assert "nothing: it has no trigger" in page_of(found)


@pytest.mark.parametrize(
    ("flags", "page", "audience"),
    [
        ("", "tagline: ''", Audience.CUSTOMERS),
        ("orgOnly: false, meta: {visibleToCustomerDeployer: true}", "tagline: ''", Audience.CUSTOMERS),
        ("", "userLevelConfigured: true", Audience.USERS),
        ("userLevelConfigured: true", "tagline: ''", Audience.USERS),
        ("meta: {visibleToCustomerDeployer: false}", "tagline: ''", Audience.EMBEDDED),
        ("meta: {isVisibleToCustomerDeployer: false}", "tagline: ''", Audience.EMBEDDED),
        ("orgOnly: true", "tagline: ''", Audience.ORGANISATION),
        ("orgOnly: true, meta: {visibleToOrgDeployer: false}", "tagline: ''", Audience.NOBODY),
        ("orgOnly: yes please", "tagline: ''", Audience.CUSTOMERS),
    ],
)
def test_flags_say_who_may_see_a_config_variable(flags, page, audience, documented):
    found = documented(with_variable(f"{{key: V, dataType: string, {flags}}}", page))
    assert [one.audience for one in found.config_pages[0].elements] == [audience]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("dataType: boolean", "true or false"),
        ("dataType: string, collectionType: valuelist", "list: text"),
        ("dataType: number, collectionType: keyvaluelist", "list of keys and values: number"),
        ("dataType: novelty", "novelty"),
    ],
)
def test_types_are_told_in_words(kind, shown, documented):
    assert f"<dt>Type</dt><dd>{shown}</dd>" in page_of(documented(with_variable(f"{{key: V, {kind}}}")))


def test_a_connection_that_is_shared_has_no_fields_here(documented):
    found = documented(with_variable("{key: V, dataType: connection, useScopedConfigVar: shop-login}"))
    assert list(found.connections) == [
        ConnectionPart("V", "", "", "", "", "shop-login", "", Audience.CUSTOMERS, ())
    ]
    assert "it is set up once, as shop-login" in page_of(found)


def test_a_field_that_the_component_does_not_know_is_secret_by_its_name(documented):
    variable = "{key: V, dataType: connection, connection: {key: no, component: {key: nobody, isPublic: true}}, inputs: {secretKey: {type: value, value: s3cr3t}, host: {type: value, value: ''}}}"
    fields = next(documented(with_variable(variable)).connections).fields
    assert [(one.key, one.is_secret, one.is_set) for one in fields] == [
        ("secretKey", True, True),
        ("host", False, False),
    ]


def test_a_connection_by_oauth_says_how_one_gets_in(documented):
    variable = "{key: V, dataType: connection, connection: {key: clientCredentials, component: {key: http, isPublic: true}}}"
    assert "OAuth 2.0 with client credentials" in page_of(documented(with_variable(variable)))


def test_a_terminal_gets_colours_and_the_same_words(documented, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    found = documented(integration(flow(), head="documentation: '**Bold** [a](https://acme.test) `code`'\n"))
    terminal = Terminal()
    documentation_text.render(found, terminal)
    assert "\x1b[1mBold" in terminal.getvalue()
    assert screen(terminal.getvalue()) == ["Bold a (https://acme.test) code", ""]
