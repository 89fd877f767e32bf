"""Config variables that come, go, get another name, type or default."""

from collections.abc import Iterator
from typing import Any

from change_ways.edits import at_once, drop, put, remove
from change_ways.file import File, Place
from change_ways.names import codes, is_said, users
from change_ways.variables import elements_of, is_said_only_by_pages, renameable, renamed, with_element
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site

_OTHERS = {
    "string": "quite another",
    "date": "2031-05-06",
    "timestamp": "2031-05-06T07:08:09Z",
    "boolean": "false",
    "number": "4711",
    "code": "<other/>",
    "schedule": "7 7 * * 1",
}


def _has_default(variable: Place) -> bool:
    return variable.part.get("defaultValue") not in {None, ""}


def ask_for_a_value(file: File) -> Iterator[Site]:
    """Each instance needs one before it runs."""
    if file.pages:
        variable = {"key": "Brand New", "dataType": "string", "description": "What the new step needs."}
        yield with_element(file, variable, Reported("config-var-required-added", BREAKING, "Brand New"))


def offer_a_value(file: File) -> Iterator[Site]:
    """Instances have the default."""
    if file.pages:
        variable = {"key": "Brand New", "dataType": "number", "defaultValue": "3"}
        yield with_element(file, variable, Reported("config-var-optional-added", SAFE, "Brand New"))


def ask_no_more(file: File) -> Iterator[Site]:
    """Values that were given are dropped; the page has one element less."""
    for variable in file.values:
        if is_said_only_by_pages(file, variable):
            gone = Reported("page-element-removed", SAFE, variable.name)
            elements = [remove(element, gone) for element in elements_of(file, variable.name)]
            yield at_once(remove(variable, Reported("config-var-removed", RISKY, variable.name)), *elements)


def rename_a_variable(file: File) -> Iterator[Site]:
    """Values are kept by the key."""
    for variable, name in renameable(file, file.values):
        yield renamed(file, variable, name, Reported("config-var-renamed", BREAKING, name))


def rename_a_variable_and_say_so(file: File) -> Iterator[Site]:
    """An import carries the values over."""
    if "renameAttributes" in file.data:
        return
    for variable, name in renameable(file, file.values):
        renames = {"requiredConfigVars": [{"oldName": variable.name, "newName": name}]}
        told = put(
            Place((), file.data, []), "renameAttributes", renames, Reported("rename-attributes-changed", SAFE)
        )
        yield at_once(renamed(file, variable, name, Reported("config-var-renamed", SAFE, name)), told)


def rename_a_variable_with_a_stable_key(file: File) -> Iterator[Site]:
    """An import knows it by the stable key."""
    for variable in file.values:
        if variable.part.get("stableKey") and not is_said(variable.name, codes(file)):
            name = f"Other {variable.name}"
            yield renamed(file, variable, name, Reported("config-var-renamed", SAFE, name))


def ask_for_text(file: File) -> Iterator[Site]:
    """Values that were given are of the old type."""
    for variable in file.values:
        if variable.part["dataType"] in {"number", "boolean", "date", "timestamp"}:
            yield put(
                variable, "dataType", "string", Reported("config-var-type-changed", BREAKING, variable.name)
            )


def rename_a_variable_and_ask_for_text(file: File) -> Iterator[Site]:
    """What it is for, its default and what uses it are those of before."""
    for variable, name in renameable(file, file.values):
        is_used = len(users(file, variable)) > len(elements_of(file, variable.name))
        if variable.part["dataType"] in {"number", "boolean", "date"} and _has_default(variable) and is_used:
            yield at_once(
                renamed(file, variable, name, Reported("config-var-renamed", BREAKING, name)),
                put(variable, "dataType", "string", Reported("config-var-type-changed", BREAKING, name)),
            )


def ask_for_one_value(file: File) -> Iterator[Site]:
    """Values that were given are lists."""
    for variable in file.values:
        if variable.part.get("collectionType"):
            report = Reported("config-var-collection-changed", BREAKING, variable.name)
            yield drop(variable, "collectionType", report)


def ask_for_many_values(file: File) -> Iterator[Site]:
    """Values that were given are single ones."""
    for variable in file.values:
        is_single = variable.part["dataType"] == "string" and not variable.part.get("collectionType")
        if is_single and not _has_default(variable):
            report = Reported("config-var-collection-changed", BREAKING, variable.name)
            yield put(variable, "collectionType", "keyvaluelist", report)


def take_the_default_away(file: File) -> Iterator[Site]:
    """Instances that relied on it need a value."""
    for variable in file.values:
        if _has_default(variable):
            yield drop(
                variable, "defaultValue", Reported("config-var-became-required", BREAKING, variable.name)
            )


def give_a_default(file: File) -> Iterator[Site]:
    """Nobody has to give a value now."""
    for variable in file.values:
        if not _has_default(variable) and (value := _other(variable)) is not None:
            report = Reported("config-var-became-optional", SAFE, variable.name)
            yield put(variable, "defaultValue", value, report)


def change_the_default(file: File) -> Iterator[Site]:
    """Instances without a value of their own get it."""
    for variable in file.values:
        if _has_default(variable) and (value := _other(variable)) is not None:
            yield put(
                variable, "defaultValue", value, Reported("config-var-default-changed", RISKY, variable.name)
            )


def _other(variable: Place) -> Any:
    part = variable.part
    match part.get("collectionType"):
        case "valuelist":
            return '["quite","other"]'
        case "keyvaluelist":
            return '[{"key":"quite","value":"other"}]'
    if part["dataType"] == "picklist" and part.get("pickList"):
        return next(choice for choice in part["pickList"] if choice != part.get("defaultValue"))
    return _OTHERS.get(part["dataType"])


def give_it_another_stable_key(file: File) -> Iterator[Site]:
    """An import takes it for another one."""
    for variable in file.values:
        if variable.part.get("stableKey"):
            yield put(
                variable,
                "stableKey",
                "quite-another",
                Reported("stable-key-changed", BREAKING, variable.name),
            )


def ask_each_user(file: File) -> Iterator[Site]:
    """It was given once for the customer."""
    for variable in file.values:
        if not variable.part.get("userLevelConfigured"):
            report = Reported("config-var-user-level-changed", BREAKING, variable.name)
            yield put(variable, "userLevelConfigured", True, report)


def describe_a_variable(file: File) -> Iterator[Site]:
    """Words for people."""
    for variable in file.values:
        report = Reported("config-var-description-changed", SAFE, variable.name)
        yield put(variable, "description", "What it is for, in other words.", report)


def hide_a_variable(file: File) -> Iterator[Site]:
    """Customers set it until now."""
    for variable in file.values:
        if not variable.part.get("orgOnly") and "meta" not in variable.part:
            yield put(variable, "orgOnly", True, Reported("config-var-hidden", RISKY, variable.name))


def hide_a_variable_from_customers(file: File) -> Iterator[Site]:
    """It can be set by the API only."""
    for variable in file.values:
        if not variable.part.get("orgOnly") and "meta" not in variable.part:
            report = Reported("config-var-hidden", RISKY, variable.name)
            yield put(variable, ("meta", "visibleToCustomerDeployer"), False, report)


def show_a_variable(file: File) -> Iterator[Site]:
    """Customers see what they did not see."""
    for variable in file.values:
        if variable.part.get("orgOnly") and "meta" not in variable.part:
            yield put(variable, "orgOnly", False, Reported("config-var-shown", SAFE, variable.name))


def show_a_variable_to_customers(file: File) -> Iterator[Site]:
    """Customers see what only the API could set."""
    for site in hide_a_variable_from_customers(file):
        yield site.turned(Reported("config-var-shown", SAFE, site.reports[0].name))


def set_an_unknown_key(file: File) -> Iterator[Site]:
    """What it does is not known."""
    for variable in file.values:
        if "dataSourceReset" not in variable.part.get("meta", {}):
            report = Reported("config-var-setting-changed", RISKY, variable.name)
            yield put(variable, ("meta", "dataSourceReset"), "always", report)
