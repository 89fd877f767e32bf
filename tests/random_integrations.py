"""Integrations at random as plain data, and known ways to change them, for laws."""

import copy

import yaml
from hypothesis import strategies as st

WORDS = (
    "Fetch",
    "Orders",
    "Total",
    "Tell",
    "Shop",
    "Keep",
    "Sum",
    "Night",
    "Price",
    "Lines",
    "Big",
    "Réponse",
)
TEXTS = st.sampled_from(
    ("", "10", "true", "a long text with many words in it", "two\nlines\n", "  blanks", "{{#no}}", "é🎉")
)


def action(component, key):
    return {"key": key, "component": {"key": component, "isPublic": True, "version": "LATEST"}}


def value(text):
    return {"type": "value", "value": text}


class Author:
    """Makes one integration; numbers keep the names of what it makes apart."""

    def __init__(self, draw):
        self.draw = draw
        self.count = 0
        self.keys = []

    def one_of(self, *choices):
        return self.draw(st.sampled_from(choices))

    def text(self):
        return self.draw(TEXTS)

    def name(self):
        self.count += 1
        return f"{self.one_of(*WORDS)} {self.one_of(*WORDS)} {self.count}"

    def integration(self):
        variables = [self.variable() for _ in range(self.one_of(0, 1, 3))]
        shown = [{"type": "configVar", "value": key} for key in self.keys]
        return {
            "definitionVersion": 7,
            "name": self.name(),
            "description": self.text(),
            "requiredConfigVars": variables,
            "configPages": [
                {"name": self.name(), "elements": shown},
                {"name": self.name(), "elements": [{"type": "htmlElement", "value": "<p>Hello</p>"}]},
            ],
            "flows": [self.flow() for _ in range(self.one_of(1, 2))],
        }

    def variable(self):
        key = self.name()
        self.keys.append(key)
        kind = self.one_of("string", "number", "connection")
        if kind != "connection":
            return {"key": key, "dataType": kind, "defaultValue": self.text()}
        return {
            "key": key,
            "dataType": kind,
            "connection": action("http", "apiKey"),
            "inputs": {"apiKey": value("")},
        }

    def flow(self):
        trigger = {
            "name": self.name(),
            "isTrigger": True,
            "action": action("webhook-triggers", "webhook"),
            "inputs": {},
        }
        return {
            "name": self.name(),
            "isSynchronous": self.one_of(True, False),
            "steps": [trigger, *self.steps(0)],
        }

    def steps(self, depth):
        return [self.step(depth) for _ in range(self.one_of(0, 1, 2, 3))]

    def step(self, depth):
        make = self.one_of(
            self.get, self.get, self.code, self.wait, *([self.loop, self.branch] if depth < 2 else [])
        )
        return {"name": self.name(), "description": self.one_of("", "What it does"), **make(depth)}

    def get(self, _):
        url = (
            {"type": "configVar", "value": self.one_of(*self.keys)}
            if self.keys
            else value("https://shop.test")
        )
        headers = [{"name": "Accept", **value(self.text())}, {"name": "X-From", **value("here")}]
        return {
            "action": action("http", "httpGet"),
            "inputs": {
                "url": url,
                "headers": {"type": "complex", "value": headers},
                "timeout": value(self.text()),
            },
        }

    def code(self, _):
        lines = [f"  const a{number} = {self.one_of(1, 2, 3)};" for number in range(self.one_of(1, 4))]
        text = "\n".join(("module.exports = async () => {", *lines, "};\n"))
        return {"action": action("code", "runCode"), "inputs": {"code": value(text)}}

    def wait(self, _):
        return {
            "action": action("sleep", "sleep"),
            "inputs": {"sleepTime": value(self.one_of("1000", "2000"))},
        }

    def loop(self, depth):
        inputs = {"iterationCount": value(self.one_of("2", "3"))}
        return {"action": action("loop", "loopNTimes"), "inputs": inputs, "steps": self.steps(depth + 1)}

    def branch(self, depth):
        names = [self.name() for _ in range(self.one_of(1, 2))]
        terms = [{"name": "", **value(self.text())}, {"name": "", **value("x")}]
        items = [{"name": name, "type": "complex", "value": ["and", ["equal", *terms]]} for name in names]
        branches = [{"name": name, "steps": self.steps(depth + 1)} for name in [*names, "Else"]]
        inputs = {"conditions": {"type": "complex", "value": items}}
        return {"action": action("branch", "branchOnExpression"), "inputs": inputs, "branches": branches}


@st.composite
def integrations(draw):
    return Author(draw).integration()


def written(data, draw=None):
    """Write data as YAML; with `draw`, with keys in any order and in any style."""
    if draw is None:
        return yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    width, flow = draw(st.sampled_from((20, 80, 1000))), draw(st.sampled_from((None, False, True)))
    text = yaml.dump(
        shuffled(data, draw),
        Dumper=yaml.CSafeDumper,
        allow_unicode=draw(st.booleans()),
        sort_keys=False,
        default_flow_style=flow,
        width=width,
    )
    return f"# made at random\n{text}"


def shuffled(data, draw):
    match data:
        case dict():
            return {key: shuffled(data[key], draw) for key in draw(st.permutations(list(data)))}
        case list():
            return [shuffled(item, draw) for item in data]
    return data


def lists_of_steps(data):
    """Yield all lists of steps, the outermost first."""
    waiting = [flow["steps"] for flow in data["flows"]]
    while waiting:
        steps = waiting.pop(0)
        yield steps
        for step in steps:
            waiting += [step["steps"]] if "steps" in step else []
            waiting += [branch["steps"] for branch in step.get("branches", ())]


def changed(data, draw):
    """Give a copy that is changed in one way, with the name of the way; the way may have found nothing to change."""
    data = copy.deepcopy(data)
    way = draw(st.sampled_from(WAYS))
    return (way.__name__, data) if way(data, draw) else ("", data)


def one(items, draw):
    return draw(st.sampled_from(items)) if items else None


def added_step(data, draw):
    author = Author(draw)
    author.count = 900
    steps = one(list(lists_of_steps(data)), draw)
    steps.insert(draw(st.integers(min(1, len(steps)), len(steps))), author.step(2))
    return True


def removed_step(data, draw):
    steps = one([steps for steps in lists_of_steps(data) if len(steps) > 1], draw)
    if steps is not None:
        del steps[draw(st.integers(1, len(steps) - 1))]
    return steps is not None


def moved_step(data, draw):
    steps = one([steps for steps in lists_of_steps(data) if len(steps) > 2], draw)
    if steps is not None:
        at, to = draw(st.permutations(range(1, len(steps))))[:2]
        steps.insert(to, steps.pop(at))
    return steps is not None


def renamed_step(data, draw):
    step = one([step for steps in lists_of_steps(data) for step in steps], draw)
    step["name"] = f"{step['name']} Anew"
    return True


def changed_input(data, draw):
    inputs = [step["inputs"] for steps in lists_of_steps(data) for step in steps if step["inputs"]]
    texts = [given for each in inputs for given in each.values() if given["type"] == "value"]
    given = one(texts, draw)
    if given is not None:
        given["value"] += "; more()"
    return given is not None


def changed_action(data, draw):
    step = one([step for steps in lists_of_steps(data) for step in steps], draw)
    step["action"]["component"]["version"] = 7
    return True


def added_variable(data, _):
    data["requiredConfigVars"].append({"key": "Quite New", "dataType": "date"})
    return True


def removed_variable(data, draw):
    variable = one(data["requiredConfigVars"], draw)
    if variable is not None:
        data["requiredConfigVars"].remove(variable)
    return variable is not None


def changed_variable(data, draw):
    variable = one(data["requiredConfigVars"], draw)
    if variable is not None:
        variable["dataType"] = "boolean"
    return variable is not None


def removed_page(data, draw):
    data["configPages"].remove(one(data["configPages"], draw))
    return True


def moved_page(data, _):
    data["configPages"].reverse()
    return True


def changed_page_text(data, _):
    elements = [element for page in data["configPages"] for element in page["elements"]]
    texts = [element for element in elements if element["type"] == "htmlElement"]
    for element in texts:
        element["value"] += "<p>And you</p>"
    return bool(texts)


def changed_flow(data, draw):
    flow = one(data["flows"], draw)
    flow["isSynchronous"] = not flow["isSynchronous"]
    return True


def removed_flow(data, draw):
    data["flows"].remove(one(data["flows"], draw))
    return True


def unknown_key(data, draw):
    one([data, *data["flows"], *data["configPages"]], draw)["note"] = [1, {"a": draw(st.booleans())}]
    return True


WAYS = (
    added_step,
    removed_step,
    moved_step,
    renamed_step,
    changed_input,
    changed_action,
    added_variable,
    removed_variable,
    changed_variable,
    removed_page,
    moved_page,
    changed_page_text,
    changed_flow,
    removed_flow,
    unknown_key,
)
