"""Connections: which there are, of which kind, and what the file gives them."""

from collections.abc import Iterator

from change_ways.edits import append, at_once, drop, put, remove
from change_ways.file import Data, File, Place
from change_ways.variables import elements_of, is_said_only_by_pages, renameable, renamed, with_element
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site

_HTTP = {"key": "apiKey", "component": {"key": "http", "isPublic": True, "version": "LATEST"}}
_SECRETS = ("password", "apiKey", "clientSecret", "secretAccessKey")
_KNOWN = ("host", "database", "headerKey", "username", "authorizeUrl", "accessKeyId")


def _new(inputs: Data) -> Data:
    return {"key": "New Login", "dataType": "connection", "connection": _HTTP, "inputs": inputs}


def _own(file: File) -> Iterator[Place]:
    """Yield the connections that are not shared."""
    return (place for place in file.connections if "connection" in place.part)


def _given(file: File, *keys: str) -> Iterator[tuple[Place, str, Data]]:
    for place in _own(file):
        for key, said in (place.part.get("inputs") or {}).items():
            if key in keys and said["type"] == "value":
                yield place, key, said


def _kind(place: Place) -> tuple[str, str]:
    connection = place.part["connection"]
    return connection["component"]["key"], connection["key"]


def ask_for_a_login(file: File) -> Iterator[Site]:
    """Each instance has to be given it."""
    if file.pages:
        inputs = {"apiKey": {"type": "value", "value": ""}}
        yield with_element(file, _new(inputs), Reported("connection-added", BREAKING, "New Login"))


def bring_a_login_along(file: File) -> Iterator[Site]:
    """The file gives all that it needs."""
    if file.pages:
        inputs = {"apiKey": {"type": "value", "value": "k3y-for-all-of-us"}}
        yield with_element(file, _new(inputs), Reported("connection-added", SAFE, "New Login"))


def share_a_new_login(file: File) -> Iterator[Site]:
    """Somebody has to have shared it."""
    shared = {"key": "New Login", "dataType": "connection", "useScopedConfigVar": "new-login"}
    report = Reported("connection-added", RISKY, "New Login")
    yield append(file.data, (), "requiredConfigVars", shared, report)


def ask_for_a_login_no_more(file: File) -> Iterator[Site]:
    """What was authorised is lost."""
    for place in file.connections:
        if is_said_only_by_pages(file, place):
            gone = Reported("page-element-removed", SAFE, place.name)
            elements = [remove(element, gone) for element in elements_of(file, place.name)]
            yield at_once(remove(place, Reported("connection-removed", BREAKING, place.name)), *elements)


def rename_a_connection(file: File) -> Iterator[Site]:
    """What was authorised is kept by the key."""
    for place, name in renameable(file, file.connections):
        yield renamed(file, place, name, Reported("connection-renamed", BREAKING, name))


def rename_a_connection_and_say_so(file: File) -> Iterator[Site]:
    """An import carries over what was authorised."""
    if "renameAttributes" in file.data:
        return
    for place, name in renameable(file, file.connections):
        renames = {"requiredConfigVars": [{"oldName": place.name, "newName": name}]}
        told = put(
            Place((), file.data, []), "renameAttributes", renames, Reported("rename-attributes-changed", SAFE)
        )
        yield at_once(renamed(file, place, name, Reported("connection-renamed", SAFE, name)), told)


def connect_to_another_component(file: File) -> Iterator[Site]:
    """What was given is of no use there."""
    for place in _own(file):
        report = Reported("connection-component-changed", BREAKING, place.name)
        own = {"key": "login", "component": {"key": "our-own", "isPublic": False, "version": 3}}
        yield put(place, "connection", own, report)._replace(touches=(place.path,))


def sign_in_in_another_way(file: File) -> Iterator[Site]:
    """A password is no API key."""
    for place in _own(file):
        report = Reported("connection-type-changed", BREAKING, place.name)
        site = put(place, ("connection", "key"), "quiteAnother", report)
        yield site._replace(touches=(place.path,))


def connect_by_another_version(file: File) -> Iterator[Site]:
    """It may ask for other inputs."""
    for place in _own(file):
        report = Reported("connection-version-changed", RISKY, place.name)
        yield put(place, ("connection", "component", "version"), 99, report)


def share_another_login(file: File) -> Iterator[Site]:
    """Instances use another account."""
    for place in file.connections:
        if "useScopedConfigVar" in place.part:
            report = Reported("scoped-connection-changed", BREAKING, place.name)
            yield put(place, "useScopedConfigVar", "quite-another", report)


def ask_for_an_agent(file: File) -> Iterator[Site]:
    """Customers have to run one in their network."""
    for place in _own(file):
        if place.part.get("onPremiseConnectionConfig") != "required":
            yield put(
                place,
                "onPremiseConnectionConfig",
                "required",
                Reported("on-premise-required", BREAKING, place.name),
            )


def allow_an_agent(file: File) -> Iterator[Site]:
    """A connection may work through one in the customer's network."""
    for place in _own(file):
        if place.part.get("onPremiseConnectionConfig", "disallowed") == "disallowed":
            yield put(
                place,
                "onPremiseConnectionConfig",
                "allowed",
                Reported("on-premise-changed", RISKY, place.name),
            )


def forbid_an_agent(file: File) -> Iterator[Site]:
    """Instances may use one."""
    for place in _own(file):
        if place.part.get("onPremiseConnectionConfig") == "allowed":
            yield drop(place, "onPremiseConnectionConfig", Reported("on-premise-changed", RISKY, place.name))


def set_how_it_authorises(file: File) -> Iterator[Site]:
    """What else it changes is not known."""
    for place in _own(file):
        report = Reported("connection-setting-changed", RISKY, place.name)
        yield put(place, ("meta", "overrideGrantType"), "password", report)


def describe_a_connection(file: File) -> Iterator[Site]:
    """Words for people."""
    for place in file.connections:
        report = Reported("config-var-description-changed", SAFE, place.name)
        yield put(place, "description", "Whose account it is.", report)


def hide_a_connection(file: File) -> Iterator[Site]:
    """Customers set it until now."""
    for place in file.connections:
        if not place.part.get("orgOnly") and "meta" not in place.part:
            yield put(place, "orgOnly", True, Reported("config-var-hidden", RISKY, place.name))


def show_an_input_to_others(file: File) -> Iterator[Site]:
    """Whoever gave it may no longer see it."""
    for place, key, said in _given(file, *_SECRETS, *_KNOWN):
        meta = said.get("meta") or {}
        changed = {**meta, "orgOnly": not meta.get("orgOnly", False)}
        report = Reported("connection-input-visibility-changed", RISKY, place.name)
        yield put(place, ("inputs", key, "meta"), changed, report)


def ask_for_more_rights(file: File) -> Iterator[Site]:
    """Customers have to authorise it again."""
    for place, key, said in _given(file, "scopes"):
        report = Reported("connection-scopes-changed", BREAKING, place.name)
        yield put(place, ("inputs", key, "value"), f"{said['value']} users:all", report)


def write_another_secret(file: File) -> Iterator[Site]:
    """Instances that use the written one sign in with another."""
    for place, key, _ in _given(file, *_SECRETS):
        report = Reported("connection-secret-changed", RISKY, place.name)
        yield put(place, ("inputs", key, "value"), "n0t-to-be-shown", report)


def give_another_input(file: File) -> Iterator[Site]:
    """Instances without one of their own connect in another way."""
    for place in _own(file):
        is_key = _kind(place) == ("http", "apiKey")
        if is_key and "authScheme" not in (place.part.get("inputs") or {}):
            said = {"type": "value", "value": "Token"}
            report = Reported("connection-input-added", RISKY, place.name)
            yield put(place, ("inputs", "authScheme"), said, report)


def give_an_input_no_more(file: File) -> Iterator[Site]:
    """Instances without one of their own have none."""
    for place, key, said in _given(file, "host", "database", "headerKey", "username", "authorizeUrl"):
        if said["value"]:
            yield drop(place, ("inputs", key), Reported("connection-input-removed", RISKY, place.name))


def give_an_input_another_value(file: File) -> Iterator[Site]:
    """Instances without one of their own connect to another place."""
    for place, key, said in _given(file, *_KNOWN):
        if said["value"]:
            report = Reported("connection-input-changed", RISKY, place.name)
            yield put(place, ("inputs", key, "value"), f"{said['value']}-other", report)
