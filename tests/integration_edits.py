"""Random changes of an integration, made in its data, and ways to write the data down."""

import copy
import json
from random import Random

import yaml

from xchange_cli.expression.step_names import step_ref

WORDS = ("Send", "Get", "Check", "Store", "Mail", "Order", "Invoice", "Price", "Stock", "Report")


def written(data, seed=0):
    """Write data as YAML; each seed is another format of the same."""
    dice = Random(seed)
    if not seed:
        return yaml.safe_dump(data, sort_keys=False, width=100, allow_unicode=True)
    text = yaml.safe_dump(
        _shuffled(data, dice),
        sort_keys=False,
        width=dice.choice([60, 80, 200]),
        indent=dice.choice([2, 4]),
        default_flow_style=dice.choice([False, False, None]),
        default_style=dice.choice([None, None, "'"]) if _is_text_only(data) else None,
        allow_unicode=True,
    )
    return "# another format\n" + text if dice.random() < 0.5 else text


def commented(text, seed):
    """Put comments above lines that begin an entry or item."""
    dice, lines = Random(seed), []
    inside = -1
    for line in text.splitlines():
        column = len(line) - len(line.lstrip())
        if line.strip() and column <= inside:
            inside = -1
        if inside < 0 and line.lstrip().startswith(("- ", "name:", "inputs:")) and dice.random() < 0.2:
            lines.append(" " * column + f"# {dice.choice(WORDS)}")
        lines.append(line)
        if line.endswith(("|", "|-", ">", ">-", "|+")) or line.count("'") % 2 or line.count('"') % 2:
            inside = column
    return "\n".join(lines) + "\n"


def edited(data, seed, count):
    """Give a copy with `count` changes."""
    dice, data = Random(seed), copy.deepcopy(data)
    for _ in range(count):
        dice.choice(WAYS)(data, dice)
    return data


def _is_text_only(data):
    del data
    return False


def _shuffled(data, dice):
    if isinstance(data, dict):
        keys = list(data)
        dice.shuffle(keys)
        return {key: _shuffled(data[key], dice) for key in keys}
    if isinstance(data, list):
        return [_shuffled(item, dice) for item in data]
    return data


def step_lists(data):
    """Yield every list of steps with the number of steps that stay in front (a trigger is always first)."""
    waiting = [(flow["steps"], 1) for flow in data.get("flows", ()) if flow.get("steps")]
    while waiting:
        steps, first = waiting.pop()
        yield steps, first
        for step in steps:
            if isinstance(step.get("steps"), list):
                waiting.append((step["steps"], 0))
            waiting += [
                (branch["steps"], 0)
                for branch in step.get("branches") or ()
                if isinstance(branch.get("steps"), list)
            ]


def _steps(data):
    return [step for steps, _ in step_lists(data) for step in steps]


def _new_name(dice):
    return f"{dice.choice(WORDS)} {dice.choice(WORDS)} {dice.randint(1, 999)}"


def add_step(data, dice):
    lists = list(step_lists(data))
    if not lists:
        return
    steps, first = dice.choice(lists)
    new = {
        "name": _new_name(dice),
        "action": {"key": "httpPost", "component": {"key": "http", "isPublic": True, "version": "LATEST"}},
        "inputs": {"url": {"type": "value", "value": f"https://{dice.randint(1, 99)}.test"}},
    }
    if dice.random() < 0.3:
        new["inputs"]["data"] = {"type": "value", "value": "first\nsecond\n" * dice.randint(1, 2)}
    if dice.random() < 0.2:
        new["steps"] = []
    steps.insert(dice.randint(min(first, len(steps)), len(steps)), new)


def remove_step(data, dice):
    steps, first = dice.choice(list(step_lists(data)) or [([], 0)])
    if len(steps) > first:
        del steps[dice.randint(first, len(steps) - 1)]


def move_step(data, dice):
    lists = list(step_lists(data))
    steps, first = dice.choice(lists or [([], 0)])
    if len(steps) <= first:
        return
    step = steps.pop(dice.randint(first, len(steps) - 1))
    target, first = dice.choice(list(step_lists(data))) if dice.random() < 0.4 else (steps, first)
    target.insert(dice.randint(min(first, len(target)), len(target)), step)


def rename_step(data, dice):
    steps = _steps(data)
    if not steps:
        return
    step = dice.choice(steps)
    old, new = step["name"], _new_name(dice)
    step["name"] = new
    _replace(data, f"{step_ref(old)}.", f"{step_ref(new)}.")


def _replace(node, old, new):
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, str) and key == "value":
            node[key] = value.replace(old, new)
        elif isinstance(value, dict | list):
            _replace(value, old, new)


def change_input(data, dice):
    inputs = [step["inputs"] for step in _steps(data) if step.get("inputs")]
    if not inputs:
        return
    chosen = dice.choice(inputs)
    key = dice.choice(list(chosen))
    value = chosen[key]
    luck = dice.random()
    if luck < 0.2:
        del chosen[key]
    elif luck < 0.4:
        chosen[f"extra{dice.randint(1, 9)}"] = {"type": "value", "value": str(dice.randint(1, 99))}
    elif isinstance(value, dict) and isinstance(value.get("value"), str):
        value["value"] = _other_text(value["value"], dice)
    elif isinstance(value, dict) and isinstance(value.get("value"), list):
        _change_list(value["value"], dice)


def _other_text(text, dice):
    lines = text.split("\n")
    at = dice.randint(0, len(lines) - 1)
    if len(lines) > 1 and dice.random() < 0.5:
        lines.insert(at, f"// {dice.randint(1, 99)}")
    else:
        lines[at] += f" {dice.randint(1, 99)}"
    return "\n".join(lines)


def _change_list(items, dice):
    if items and dice.random() < 0.3:
        del items[dice.randint(0, len(items) - 1)]
    elif items and dice.random() < 0.5:
        item = dice.choice(items)
        if isinstance(item, dict) and isinstance(item.get("value"), str):
            item["value"] = _other_text(item["value"], dice)
    else:
        items.insert(
            dice.randint(0, len(items)), {"name": f"n{dice.randint(1, 99)}", "type": "value", "value": "x"}
        )


def add_variable(data, dice):
    key = _new_name(dice)
    variables = data.setdefault("requiredConfigVars", [])
    variables.insert(dice.randint(0, len(variables)), {"key": key, "dataType": "string", "defaultValue": "x"})
    for page in data.get("configPages", [])[:1]:
        page["elements"].append({"type": "configVar", "value": key})


def remove_variable(data, dice):
    variables = data.get("requiredConfigVars") or []
    if variables:
        key = variables.pop(dice.randint(0, len(variables) - 1))["key"]
        for page in data.get("configPages", []):
            page["elements"] = [one for one in page["elements"] if one.get("value") != key]


def change_variable(data, dice):
    variables = data.get("requiredConfigVars") or []
    if variables:
        variable = dice.choice(variables)
        key = dice.choice(["defaultValue", "description", "orgOnly", "pickList"])
        variable[key] = {
            "orgOnly": dice.random() < 0.5,
            "pickList": dice.sample(["a", "b", "c", "d"], 3),
        }.get(key, f"d{dice.randint(1, 9)}")


def change_flow(data, dice):
    flows = data.get("flows") or []
    if flows:
        flow = dice.choice(flows)
        key = dice.choice(["isSynchronous", "description", "retryConfig"])
        flow[key] = {
            "isSynchronous": dice.random() < 0.5,
            "retryConfig": {"maxAttempts": dice.randint(1, 3), "delayMinutes": dice.randint(1, 3)},
        }.get(key, f"flow {dice.randint(1, 9)}")


def change_flows(data, dice):
    flows = data.get("flows") or []
    if len(flows) > 1 and dice.random() < 0.5:
        del flows[dice.randint(0, len(flows) - 1)]
    elif flows:
        new = json.loads(json.dumps(flows[0]))
        new["name"] = _new_name(dice)
        flows.append(new)


def rename_flow(data, dice):
    flows = data.get("flows") or []
    if flows:
        dice.choice(flows)["name"] = _new_name(dice)


def change_texts(data, dice):
    key = dice.choice(["description", "documentation", "name"])
    text = data.get(key) or "one\ntwo\nthree\nfour\nfive\n"
    data[key] = _other_text(text, dice)


def change_labels(data, dice):
    data["labels"] = dice.sample(["a", "b", "c", "d", "e"], 3)


def change_pages(data, dice):
    pages = data.setdefault("configPages", [])
    luck = dice.random()
    if luck < 0.4 or not pages:
        pages.append({"name": _new_name(dice), "elements": []})
    elif luck < 0.7:
        elements = dice.choice(pages)["elements"]
        if elements:
            dice.choice(pages)["elements"].append(elements.pop(dice.randint(0, len(elements) - 1)))
    else:
        dice.shuffle(pages)


WAYS = (
    add_step, add_step, add_step, remove_step, move_step, rename_step, change_input, change_input, change_input,
    add_variable, remove_variable, change_variable, change_flow, change_flows, rename_flow, change_texts, change_labels,
    change_pages,
)  # fmt: skip
