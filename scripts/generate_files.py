"""Write realistic integration files without a finding, always the same for the same seed.

    python scripts/generate_files.py FOLDER --files 260 [--seed 1]

Each file is `FOLDER/integrations/<key>/integration.yml`, as the hosted builder would export it: ten to sixty steps
with loops, branches, code, templates and config variables.
"""

import argparse
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Data = dict[str, Any]

SUBJECTS = ("Orders", "Invoices", "Customers", "Products", "Tickets", "Shipments", "Leads", "Payments")
SYSTEMS = ("Warehouse", "Shop", "Ledger", "Help Desk", "Portal", "Billing")
VERBS = ("Sync", "Import", "Export", "Reconcile", "Forward")
TEXT_VARIABLES = ("API Base", "Folder", "Greeting", "Sender", "Currency")
HTTP_SETTINGS = {
    "debugRequest": "false",
    "ignoreSslErrors": "false",
    "includeFullResponse": "false",
    "maxRetries": "0",
    "responseType": "json",
    "retryDelayMS": "0",
    "retryOnAllErrors": "false",
    "timeout": "",
    "useExponentialBackoff": "false",
}
CODE = """\
module.exports = async ({{ logger, configVars }}, stepResults) => {{
  const base = configVars["API Base"];
  logger.info(`{verb} {subject} from ${{base}}`);
  return {{ data: {{ base, count: {number}, source: stepResults.{ref}.results }} }};
}};
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=26)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.files, arguments.seed)
    print(f"{arguments.files} files below {arguments.folder}")


def generate(folder: Path, files: int, seed: int = 1) -> None:
    """Write so many integrations; the n-th is the same whatever the number of files."""
    for number in range(files):
        path = folder / "integrations" / f"generated-{number:04}" / "integration.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(
            integration(random.Random(f"{seed}/{number}")), Dumper=yaml.CSafeDumper, allow_unicode=True
        )
        path.write_text(text, encoding="utf-8", newline="\n")


def integration(chance: random.Random) -> Data:
    verb, subject, system = chance.choice(VERBS), chance.choice(SUBJECTS), chance.choice(SYSTEMS)
    total = chance.randint(10, 60)
    flows = 1 + min(3, total // 16)
    return {
        "category": chance.choice(("", "ERP", "eCommerce")),
        "configPages": [page("Connections", ["Storage Connection"]), page("Settings", TEXT_VARIABLES)],
        "definitionVersion": 7,
        "description": f"{verb}s {subject.lower()} between {system} and the file store, "
        "checks each record, and reports what could not be handled.",
        "documentation": f"# {verb} {subject}\n\nSet the connection first, then the folder.\n",
        "endpointType": "flow_specific",
        "flows": [
            FlowWriter(chance, f"{verb} {subject} {number}").flow(total // flows)
            for number in range(1, flows + 1)
        ],
        "name": f"{verb} {subject} ({system})",
        "requiredConfigVars": [connection(), *(text_variable(key, chance) for key in TEXT_VARIABLES)],
    }


def page(name: str, keys: tuple[str, ...] | list[str]) -> Data:
    return {
        "elements": [{"type": "configVar", "value": key} for key in keys],
        "name": name,
        "tagline": "",
    }


def connection() -> Data:
    fields = ("clientEmail", "privateKey", "projectId")
    return {
        "connection": component("google-cloud-storage", "privateKey"),
        "dataType": "connection",
        "inputs": {field: value("") for field in fields},
        "key": "Storage Connection",
        "onPremiseConnectionConfig": "disallowed",
        "orgOnly": False,
    }


def text_variable(key: str, chance: random.Random) -> Data:
    return {
        "dataType": "string",
        "defaultValue": f"{key.lower().replace(' ', '-')}-{chance.randint(1, 99)}",
        "description": f"What the flows use as {key.lower()}.",
        "key": key,
        "orgOnly": False,
    }


def component(key: str, action: str) -> Data:
    return {"component": {"isPublic": True, "key": key, "version": "LATEST"}, "key": action}


def value(text: str) -> Data:
    return {"type": "value", "value": text}


def reference(path: str) -> Data:
    return {"type": "reference", "value": path}


def config(key: str) -> Data:
    return {"type": "configVar", "value": key}


def template(text: str) -> Data:
    return {"type": "template", "value": text}


def complex_value(items: list[Any]) -> Data:
    return {"type": "complex", "value": items}


def ref_of(name: str) -> str:
    first, *rest = name.lower().split()
    return first + "".join(word.capitalize() for word in rest)


def text_below(known: str) -> str:
    """Give the path of a text in a result: objects have none of their own."""
    fields = {"createObject": "folder", "codeBlock": "base"}
    field = next((field for name, field in fields.items() if known.startswith(name)), None)
    return f"{known}.{field}" if field and known.endswith(".results") else known


class FlowWriter:
    """Writes one flow; numbers in step names keep them unique."""

    def __init__(self, chance: random.Random, name: str) -> None:
        self.chance = chance
        self.name = name
        self.count = 0

    def flow(self, steps: int) -> Data:
        known = "trigger.results.body.data"
        return {
            "description": f"{self.name}, record by record.",
            "endpointSecurityType": "customer_optional",
            "isSynchronous": False,
            "name": self.name,
            "steps": [
                self.trigger(),
                self.download(),
                self.build(known),
                *self.steps(steps - 3, known, 0),
            ],
        }

    def trigger(self) -> Data:
        inputs = {
            "body": value(""),
            "contentType": value(""),
            "headers": complex_value([]),
            "statusCode": value(""),
        }
        step = self.step("Trigger", "webhook-triggers", "webhook", inputs)
        return {**step, "isTrigger": True}

    def steps(self, budget: int, known: str, depth: int) -> list[Data]:
        """Write about `budget` steps; each may use the result `known` of a step before it."""
        written: list[Data] = []
        end = self.count + budget
        while self.count < end:
            left = end - self.count
            nested = depth < 3 and left > 4 and self.chance.random() < 0.25
            makers: tuple[Callable[..., Data], ...] = (self.loop, self.branch, self.choice)
            if nested:
                inner = min(left - 1, self.chance.randint(3, 8))
                written.append(self.chance.choice(makers)(known, inner, depth + 1))
            else:
                step = self.chance.choice(
                    (self.get, self.post, self.build, self.replace, self.log, self.code)
                )(known)
                written.append(step)
                known = f"{ref_of(step['name'])}.results" if "log" not in step["name"].lower() else known
        return written

    def step(self, name: str, key: str, action: str, inputs: Data, **more: Any) -> Data:
        return {"action": component(key, action), "description": "", "inputs": inputs, "name": name, **more}

    def named(self, name: str) -> str:
        self.count += 1
        return f"{name} {self.count}"

    def loop(self, known: str, budget: int, depth: int) -> Data:
        name = self.named("Loop Over Items")
        inner = self.steps(budget, f"{ref_of(name)}.currentItem", depth)
        return self.step(name, "loop", "loopOverItems", {"items": reference(known)}, steps=inner)

    def branch(self, known: str, budget: int, depth: int) -> Data:
        condition = ["and", ["equal", {"name": "", **reference(known)}, {"name": "", **value("open")}]]
        cases = [{"name": "Open", "type": "complex", "value": condition}]
        name = self.named("Branch on Expression")
        branches = self.branches("Open", known, budget, depth)
        inputs = {"conditions": complex_value(cases)}
        return self.step(name, "branch", "branchOnExpression", inputs, branches=branches)

    def choice(self, known: str, budget: int, depth: int) -> Data:
        name = self.named("Branch on Value")
        branches = self.branches("New", known, budget, depth)
        mappings = complex_value([{"name": "New", **value("new")}])
        inputs = {"branchValueMappings": mappings, "inputValue": reference(known)}
        return self.step(name, "branch", "branchOnValue", inputs, branches=branches)

    def branches(self, name: str, known: str, budget: int, depth: int) -> list[Data]:
        first = self.steps(budget - budget // 3, known, depth)
        return [
            {"name": name, "steps": first},
            {"name": "Else", "steps": self.steps(budget // 3, known, depth)},
        ]

    def http(self, action: str, path: str, inputs: Data) -> Data:
        return {
            "connection": config(""),
            "headers": complex_value([{"name": "Accept", **value("application/json")}]),
            "queryParams": complex_value([{"name": "page", **value(str(self.chance.randint(1, 9)))}]),
            "url": template("https://{{#API Base}}.example.com/v1/" + f"{path}/{action}"),
            **{key: value(text) for key, text in HTTP_SETTINGS.items()},
            **inputs,
        }

    def get(self, _known: str) -> Data:
        return self.step(self.named("Get Records"), "http", "httpGet", self.http("list", "records", {}))

    def post(self, known: str) -> Data:
        inputs = self.http("create", "records", {"data": reference(known)})
        return self.step(self.named("Post Record"), "http", "httpPost", inputs)

    def build(self, known: str) -> Data:
        pairs = [
            {"name": "source", **reference(known)},
            {"name": "currency", **config("Currency")},
            {"name": "folder", **config("Folder")},
            {"name": "greeting", **template("{{#Greeting}}, number " + str(self.chance.randint(1, 999)))},
        ]
        inputs = {"keyValueInput": complex_value(pairs)}
        return self.step(self.named("Create Object"), "collection-tools", "createObject", inputs)

    def replace(self, known: str) -> Data:
        inputs = {"find": config("Folder"), "replace": config("Sender"), "text": reference(known)}
        return self.step(self.named("Find and Replace"), "text-manipulation", "replace", inputs)

    def log(self, known: str) -> Data:
        message = template("{{#Sender}} handled {{$" + text_below(known) + "}} in {{#Folder}}")
        inputs = {"level": value(self.chance.choice(("info", "debug", "warn"))), "message": message}
        return self.step(self.named("Write Log"), "log", "writeLog", inputs)

    def download(self) -> Data:
        names = {"bucketName": config("Folder"), "fileName": config("Sender")}
        inputs = {"connection": config("Storage Connection"), **names}
        return self.step(self.named("Download File"), "google-cloud-storage", "downloadFile", inputs)

    def code(self, _known: str) -> Data:
        verb, subject, _ = self.name.split()
        text = CODE.format(verb=verb, subject=subject, number=self.chance.randint(1, 999), ref="trigger")
        return self.step(self.named("Code Block"), "code", "runCode", {"code": value(text)})


if __name__ == "__main__":
    main()
