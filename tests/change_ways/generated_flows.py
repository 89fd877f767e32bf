"""The flows of generated integrations: started in each of the ways that there are, with steps of each sort."""

import random
from collections.abc import Callable
from typing import Any

from change_ways.file import Data

_CODE = """\
module.exports = async ({{ logger, configVars }}, stepResults) => {{
  const size = configVars["Page Size"];
  logger.info(`page of ${{size}}`);
  return {{ data: {{ size, number: {number}, from: stepResults.{start}.results }} }};
}};
"""
_REQUEST = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "size": {"enum": ["S", "M"]}, "note": {"type": "string"}},
}


def component(key: str, action: str, *, version: Any = "LATEST") -> Data:
    return {"key": action, "component": {"key": key, "isPublic": True, "version": version}}


def value(text: str) -> Data:
    return {"type": "value", "value": text}


def reference(path: str) -> Data:
    return {"type": "reference", "value": path}


def config(key: str) -> Data:
    return {"type": "configVar", "value": key}


def template(text: str) -> Data:
    return {"type": "template", "value": text}


def ref_of(name: str) -> str:
    first, *rest = name.lower().split()
    return first + "".join(word.capitalize() for word in rest)


class FlowWriter:
    """Writes the flows of one integration; numbers keep the names of steps apart."""

    def __init__(self, dice: random.Random, subject: str) -> None:
        self.dice = dice
        self.subject = subject
        self.count = 0
        self.start = ""
        self.version = dice.choice(["LATEST", 7])

    def flows(self) -> list[Data]:
        makers = [self.waited_for, self.posted, self.nightly, self.deployed, self.asked_by_agent]
        chosen = [makers[0], *self.dice.sample(makers[1:], 2)]
        flows = [make() for make in chosen]
        self.dice.shuffle(flows)
        return flows

    def waited_for(self) -> Data:
        """Write a flow whose callers get the result of its last step."""
        trigger = self.trigger("Request", "webhook-triggers", "webhook", {"statusCode": value("200")})
        answer = {
            "keyValueInput": self.items(
                {"total": reference(f"{self.start}.results.body.data.total"), "unit": value("EUR")}
            )
        }
        steps = [trigger, *self.steps(3), self.step("Answer", "collection-tools", "createObject", answer)]
        flow = {
            "name": f"Answer {self.subject}",
            "description": "Callers wait for it.",
            "isSynchronous": True,
            "endpointSecurityType": self.dice.choice(["customer_optional", "customer_required"]),
            "steps": steps,
        }
        return self.maybe_with_stable_key(flow)

    def posted(self) -> Data:
        trigger = self.trigger("Posted", "webhook-triggers", "webhook", {})
        flow: Data = {
            "name": f"Take {self.subject}",
            "isSynchronous": False,
            "endpointSecurityType": "organization",
            "organizationApiKeys": ["first", "second"],
            "retryConfig": {"maxAttempts": 3, "delayMinutes": 5, "usesExponentialBackoff": False},
            "queueConfig": {"usesFifoQueue": True, "concurrencyLimit": 3},
            "steps": [trigger, self.post(), self.log(), *self.steps(2), self.get()],
        }
        return self.maybe_with_stable_key(flow)

    def maybe_with_stable_key(self, flow: Data) -> Data:
        return {**flow, "stableKey": f"flow-{self.dice.randint(1, 9)}"} if self.dice.random() < 0.5 else flow

    def nightly(self) -> Data:
        schedule = {"type": "value", "value": "0 2 * * *", "meta": {"scheduleType": "custom", "timeZone": ""}}
        trigger = self.trigger("Every Night", "schedule-triggers", "schedule", {}) | {"schedule": schedule}
        key = self.dice.choice(["position", "last-run"])
        kept = {"keyInput": value(key), "valueInput": reference(f"{self.start}.results.startedAt")}
        last = self.step("Last Time", "persist-data", "getInstanceValue", {"keyInput": value(key)})
        return {
            "name": f"Nightly {self.subject}",
            "description": "",
            "steps": [
                trigger,
                *([last] if self.dice.random() < 0.5 else []),
                *self.steps(3),
                self.step("Keep Time", "persist-data", "saveInstanceValue", kept),
            ],
        }

    def deployed(self) -> Data:
        trigger = self.trigger("Deployed", "management-triggers", "instanceDeploy", {})
        return {"name": "Set Up", "steps": [trigger, *self.steps(2)]}

    def asked_by_agent(self) -> Data:
        trigger = self.trigger("Asked", "openai", "toolFlowTrigger", {})
        answer = {"keyValueInput": self.items({"number": reference(f"{self.start}.results.body.data.id")})}
        return {
            "name": f"Find {self.subject}",
            "isAgentFlow": True,
            "schemas": {"invoke": _REQUEST, "result": {"type": "object", "required": ["number"]}},
            "steps": [
                trigger,
                *self.steps(1),
                self.step("Found", "collection-tools", "createObject", answer),
            ],
        }

    def trigger(self, name: str, key: str, action: str, inputs: Data) -> Data:
        step = self.step(name, key, action, inputs)
        self.start = ref_of(step["name"])
        return {**step, "isTrigger": True}

    def step(self, name: str, key: str, action: str, inputs: Data, **more: Any) -> Data:
        self.count += 1
        performed = component(key, action, version=self.version)
        named: Data = {"name": f"{name} {self.count}", "action": performed, "inputs": inputs}
        if self.dice.random() < 0.3:
            named["description"] = f"Step {self.count} of all."
        return named | more

    def steps(self, count: int, depth: int = 0) -> list[Data]:
        leaves: list[Callable[[], Data]] = [
            self.get, self.post, self.put, self.log, self.code, self.upper, self.table, self.own,
        ]  # fmt: skip
        nests: list[Callable[[int], Data]] = [self.loop, self.times, self.choice, self.condition]
        made = []
        for _ in range(count):
            if depth < 2 and self.dice.random() < 0.3:
                made.append(self.dice.choice(nests)(depth + 1))
            else:
                made.append(self.dice.choice(leaves)())
        return made

    def items(self, given: dict[str, Data]) -> Data:
        return {"type": "complex", "value": [{"name": name, **said} for name, said in given.items()]}

    def http(self, verb: str, action: str, inputs: Data) -> Data:
        told = {
            "connection": config("Shop Login"),
            "url": template("{{#Base URL}}/" + f"{verb.lower()}/{self.dice.randint(1, 99)}"),
            "headers": self.items({"Accept": value("application/json"), "X-Size": config("Page Size")}),
            "timeout": value(str(self.dice.randint(2, 9) * 1000)),
            **inputs,
        }
        retry = {
            "errorHandlerType": "retry",
            "maxAttempts": 2,
            "delaySeconds": 5,
            "usesExponentialBackoff": False,
        }
        more = {"errorConfig": retry} if self.dice.random() < 0.4 else {}
        return self.step(f"{verb} {self.subject}", "http", action, told, **more)

    def get(self) -> Data:
        return self.http("Get", "httpGet", {"responseType": value("json")})

    def post(self) -> Data:
        url = (
            {"url": value(f"https://depot.example.com/{self.dice.randint(1, 99)}")}
            if self.dice.random() < 0.5
            else {}
        )
        return self.http("Post", "httpPost", {"data": reference(f"{self.start}.results"), **url})

    def put(self) -> Data:
        inputs = {
            "bucket": value("goods"),
            "objectKey": value(f"all/{self.dice.randint(1, 99)}.json"),
            "fileContents": reference(f"{self.start}.results"),
            "awsRegion": value("eu-central-1"),
        }
        return self.step("Put Object", "aws-s3", "putObject", inputs)

    def log(self) -> Data:
        words = self.dice.choice(["taken", "left", "seen, and: kept", "#1 → #2"])
        level = {"level": value("info")} if self.dice.random() < 0.5 else {}
        return self.step("Write Log", "log", "writeLog", {**level, "message": value(words)})

    def code(self) -> Data:
        text = _CODE.format(number=self.dice.randint(1, 999), start=self.start)
        return self.step("Count", "code", "runCode", {"code": value(text)})

    def upper(self) -> Data:
        return self.step("Shout", "text-manipulation", "upperCase", {"text": config("Region")})

    def table(self) -> Data:
        pairs = {"size": config("Page Size"), "from": reference(f"{self.start}.results")}
        return self.step("Pack", "collection-tools", "createObject", {"keyValueInput": self.items(pairs)})

    def own(self) -> Data:
        step = self.step("Do It", "our-own", "doIt", {"what": value("everything"), "how": value("fast")})
        step["action"]["component"] |= {"isPublic": False, "version": 4}
        return step

    def loop(self, depth: int) -> Data:
        items = {"items": reference(f"{self.start}.results.body.data.lines")}
        return self.step(
            "Each", "loop", "loopOverItems", items, steps=self.steps(self.dice.randint(1, 2), depth)
        )

    def times(self, depth: int) -> Data:
        count = {"iterationCount": value("3")}
        return self.step("Thrice", "loop", "loopNTimes", count, steps=self.steps(2, depth))

    def choice(self, depth: int) -> Data:
        names = self.dice.sample(["New", "Old", "Lost", "Late"], 3)
        mappings = self.items({name: value(name.lower()) for name in names})
        inputs = {
            "inputValue": reference(f"{self.start}.results.body.data.state"),
            "branchValueMappings": mappings,
        }
        return self.step("Which", "branch", "branchOnValue", inputs, branches=self.branches(names, depth))

    def condition(self, depth: int) -> Data:
        tests = {
            "Large": ["and", ["greaterThan", self.of("size"), {"name": "", **value("1000")}]],
            "Odd": [
                "or",
                ["isTrue", self.of("odd")],
                ["equal", self.of("kind"), {"name": "", **value("odd")}],
            ],
        }
        inputs = {
            "conditions": self.items(
                {name: {"type": "complex", "value": test} for name, test in tests.items()}
            )
        }
        branches = self.branches(list(tests), depth)
        return self.step("Sort", "branch", "branchOnExpression", inputs, branches=branches)

    def of(self, field: str) -> Data:
        return {"name": "", **reference(f"{self.start}.results.body.data.{field}")}

    def branches(self, names: list[str], depth: int) -> list[Data]:
        filled = [{"name": name, "steps": self.steps(self.dice.randint(0, 1), depth)} for name in names]
        return [*filled, {"name": "Else", "steps": []}]
