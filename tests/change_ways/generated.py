"""Correct integrations, each another one: what the format knows, put together by a random number."""

import random
from typing import Any

from change_ways.file import Data
from change_ways.generated_flows import FlowWriter, component

_SUBJECTS = ("Orders", "Invoices", "Parcels", "Leads", "Tickets", "Récoltes")
_SYSTEMS = ("Shop", "Depot", "Ledger", "Help Desk", "Straße")
_CATEGORIES = ("ERP", "CRM", "")


def generated(number: int) -> Data:
    """Give the integration of a number, always the same."""
    return _Writer(random.Random(f"integration {number}")).integration()


class _Writer:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def may(self, share: float = 0.5) -> bool:
        return self.dice.random() < share

    def integration(self) -> Data:
        subject, system = self.dice.choice(_SUBJECTS), self.dice.choice(_SYSTEMS)
        variables = self.variables()
        keys = [variable["key"] for variable in variables if "useScopedConfigVar" not in variable]
        flows = FlowWriter(self.dice, subject).flows()
        data: Data = {
            "definitionVersion": 7,
            "name": f"{subject} of the {system}",
            "description": f"Brings {subject.lower()} to the {system.lower()}: all of them, in order.",
            "category": self.dice.choice(_CATEGORIES),
            "endpointType": "flow_specific",
            "configPages": self.pages(keys),
            "requiredConfigVars": variables,
            "flows": flows,
        }
        if self.may():
            data["documentation"] = f"# {subject}\n\nAsk the {system.lower()} for a key.\n\n- then wait\n"
        if self.may():
            data["labels"] = self.dice.sample(["shop", "depot", "night", "mail"], 2)
        if self.may():
            data["defaultInstanceProfile"] = "Default Instance Profile"
        if self.may(0.3):
            data["stableKey"] = f"{subject.lower()}-{self.dice.randint(1, 99)}"
        return data

    def variables(self) -> list[Data]:
        asked: list[Data] = [
            self.connection("Shop Login", "apiKey", {"apiKey": "", "headerKey": "X-Key"}),
            {**self.variable("Base URL", "string", "https://shop.example.com"), "description": "Where it is"},
            self.variable("Region", "picklist", "EU", pickList=["EU", "US", "APAC", "UK"]),
            self.variable("Page Size", "number", str(self.dice.randint(10, 99))),
        ]
        optional: list[Data] = [
            self.connection("Depot Login", "basic", {"username": "depot", "password": ""}),
            {"key": "Mail Account", "dataType": "connection", "useScopedConfigVar": "mail-account"},
            self.variable("Note", "string", ""),
            self.variable("Needed", "string", None),
            self.variable("First Day", "date", "2026-01-01"),
            self.variable("Starts", "timestamp", "2026-01-01T06:00:00Z"),
            self.variable("Loud", "boolean", "true", orgOnly=True),
            self.variable("Hidden", "string", "x", meta={"visibleToCustomerDeployer": False}),
            self.variable("Channels", "string", '["a", "b"]', collectionType="valuelist"),
            self.variable("Names", "string", '[{"key": "a", "value": "1"}]', collectionType="keyvaluelist"),
            self.variable("Hours", "schedule", "0 6 * * *", scheduleType="custom", timeZone="Europe/Berlin"),
            self.variable("Mapping", "code", '{"a": 1}', codeLanguage="json"),
            self.variable("Own Key", "string", "y", stableKey=f"own-{self.dice.randint(1, 99)}"),
            self.slack(),
        ]
        chosen = asked + self.dice.sample(optional, self.dice.randint(4, len(optional)))
        if any(variable["key"] == "Slack" for variable in chosen):
            chosen.append(self.channel())
        self.dice.shuffle(chosen)
        return chosen

    def variable(self, key: str, kind: str, default: str | None, **more: Any) -> Data:
        data: Data = {"key": key, "dataType": kind, "orgOnly": False}
        return data | ({} if default is None else {"defaultValue": default}) | more

    def connection(self, key: str, kind: str, inputs: dict[str, str]) -> Data:
        return {
            "key": key,
            "dataType": "connection",
            "connection": component("http", kind),
            "inputs": {name: {"type": "value", "value": text} for name, text in inputs.items()},
            "onPremiseConnectionConfig": self.dice.choice(["disallowed", "allowed"]),
        }

    def slack(self) -> Data:
        return {
            "key": "Slack",
            "dataType": "connection",
            "connection": component("slack", "oauth2"),
            "inputs": {
                "clientId": {"type": "value", "value": ""},
                "clientSecret": {"type": "value", "value": "", "meta": {"orgOnly": True}},
                "scopes": {"type": "value", "value": "chat:write channels:read"},
            },
        }

    def channel(self) -> Data:
        return {
            "key": "Channel",
            "dataType": "picklist",
            "dataSource": component("slack", "selectChannels"),
            "inputs": {"connection": {"type": "configVar", "value": "Slack"}},
        }

    def pages(self, keys: list[str]) -> list[Data]:
        """Spread the config variables over pages: connections come first, so that others may build on them."""
        first = [key for key in keys if key.endswith("Login") or key == "Slack"]
        rest = [key for key in keys if key not in first]
        middle = len(rest) // 2
        pages = [
            self.page("Accounts", first),
            self.page("Settings", rest[:middle]),
            self.page("More", rest[middle:]),
        ]
        pages[0]["tagline"] = "Who you are"
        if self.may():
            pages[1]["elements"].insert(
                1, {"type": "htmlElement", "value": "<p>Ask the <b>shop</b> first.</p>"}
            )
        if self.may():
            pages.append(self.page("Yours", []))
        return pages

    def page(self, name: str, keys: list[str]) -> Data:
        return {"name": name, "elements": [{"type": "configVar", "value": key} for key in keys]}
