"""The flows of an integration: how each is started, its chart, and its steps in words."""

from collections.abc import Iterable, Iterator

from xchange_cli.formats.documentation_page import words
from xchange_cli.formats.documentation_page.charts import chart
from xchange_cli.formats.documentation_page.contents import Heading, Ids, heading
from xchange_cli.formats.documentation_page.facts import Facts, facts, paragraphs
from xchange_cli.formats.documentation_page.markup import Html, joined, tag
from xchange_cli.model.failure_words import in_words
from xchange_cli.overview.documentation import Documentation
from xchange_cli.overview.documentation_parts import ArmPart, Endpoint, FlowPart, StepPart, TriggerPart
from xchange_cli.validation.flow_starts import Start

_NO_NAME = "(no name)"


def triggers(documentation: Documentation, ids: Ids) -> tuple[list[Heading], Html]:
    """Give the heading and the HTML of what starts the flows; both are empty where there is none."""
    if not documentation.flows:
        return [], Html("")
    head = Heading(2, "Triggers", ids.of("Triggers"))
    parts = [
        tag("article", tag("h3", flow.name or _NO_NAME), facts(_started(flow)))
        for flow in documentation.flows
    ]
    return [head], tag("section", heading(head), *parts)


def flows(documentation: Documentation, ids: Ids) -> tuple[list[Heading], Html]:
    """Give the headings and the HTML of the flows; both are empty where there are none."""
    headings = [Heading(2, "Flows", ids.of("Flows"))]
    parts: list[Html] = []
    for flow in documentation.flows:
        one = Heading(3, flow.name or _NO_NAME, ids.of(flow.name or _NO_NAME))
        headings.append(one)
        parts.append(tag("section", heading(one), *_flow(flow), class_="flow"))
    return (headings, tag("section", heading(headings[0]), *parts)) if parts else ([], Html(""))


def _started(flow: FlowPart) -> Facts:
    trigger, endpoint = flow.trigger, flow.trigger.endpoint
    return {
        "Started by": words.STARTS[trigger.start],
        "Trigger": _titled(trigger),
        "Schedule": trigger.schedule,
        **(_endpoint(endpoint) if endpoint else {}),
        "Answer": _answer(flow),
        "Retried": words.retry(flow.retry) if flow.retry and flow.retry.max_attempts else "",
    }


def _titled(trigger: TriggerPart) -> str:
    title = words.action_title(trigger.component, trigger.action)
    return ". ".join(part for part in (title, trigger.summary) if part)


def _endpoint(endpoint: Endpoint) -> Facts:
    return {
        "URL": words.endpoint(endpoint.kind),
        "Security": words.security(endpoint.security),
        "First": f"the flow {endpoint.preprocess_flow} finds out who is meant"
        if endpoint.preprocess_flow
        else "",
        "Meant": ", ".join(f"{words.route(key)} by {path}" for key, path in endpoint.routing if path),
    }


def _answer(flow: FlowPart) -> str:
    if flow.trigger.start not in {Start.REQUEST, Start.AGENT, Start.FLOW}:
        return ""
    return "the caller waits for the last result" if flow.waits else "at once, before the steps run"


def _flow(flow: FlowPart) -> Iterator[Html]:
    yield from paragraphs(flow.description)
    yield chart(flow.chart)
    yield from _arms(flow.arms)
    if flow.steps:
        yield _steps(flow.steps)


def _steps(steps: Iterable[StepPart]) -> Html:
    return tag("ol", *(tag("li", *_step(step)) for step in steps), class_="steps")


def _step(step: StepPart) -> Iterator[Html]:
    yield tag("strong", step.name or _NO_NAME)
    yield joined(" ", tag("span", words.action_title(step.component, step.action), class_="action"))
    yield from paragraphs(step.description)
    if step.summary:
        yield tag("p", step.summary, class_="summary")
    more = ". ".join(part[:1].upper() + part[1:] for part in _more(step) if part)
    if more:
        yield tag("p", f"{more}.", class_="more")
    if step.steps:
        yield _steps(step.steps)
    yield from _arms(step.arms)


def _more(step: StepPart) -> Iterator[str]:
    if step.connection:
        yield f"uses the connection {step.connection}"
    if step.failure.handler != "fail":
        yield f"on failure: {in_words(step.failure)}"


def _arms(arms: Iterable[ArmPart]) -> Iterator[Html]:
    for arm in arms:
        name = tag("p", "Branch ", tag("strong", arm.name or _NO_NAME), "" if arm.steps else ": no steps")
        yield tag("div", name, *([_steps(arm.steps)] if arm.steps else ()), class_="arm")
