"""Changes of the integration as a whole."""

from collections.abc import Iterator

from change_ways.edits import at_once, drop, put
from change_ways.file import File, Path, Place
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site
from xchange_cli.changes.grade import Grade
from xchange_cli.changes.kind import Move

_FIELD = {"type": "reference", "value": "payload.results.headers.x-flow"}


def _top(file: File) -> Place:
    return Place((), file.data, [])


def _whole(file: File) -> Site:
    def leave() -> None:
        file.is_there = False

    everything: tuple[Path, ...] = ((),)
    return Site(leave, (), everything)


def remove_the_integration(file: File) -> Iterator[Site]:
    """Instances get no new version of it."""
    yield _whole(file)._replace(reports=(Reported("integration-removed", BREAKING),))


def add_an_integration(file: File) -> Iterator[Site]:
    """It was not there before."""
    yield _whole(file).turned(Reported("integration-added", SAFE))


def _moved(file: File, version: str, grade: Grade) -> Site:
    def move() -> None:
        file.move = Move("its-old-key", "its-key", version)

    return Site(move, (Reported("integration-moved", grade),), (("its key",),))


def move_the_integration(file: File) -> Iterator[Site]:
    """Versions are kept by the key, if there are any."""
    yield _moved(file, "", RISKY)


def move_a_published_integration(file: File) -> Iterator[Site]:
    """Who has it deployed is offered no version under another key."""
    yield _moved(file, "its-old-key@3", BREAKING)


def call_it_otherwise(file: File) -> Iterator[Site]:
    """The name is what people read; the key stays."""
    yield put(_top(file), "name", f"{file.data['name']} Two", Reported("integration-name-changed", SAFE))


def describe_it_otherwise(file: File) -> Iterator[Site]:
    """Words for people."""
    yield put(_top(file), "description", "Something else.", Reported("integration-description-changed", SAFE))


def write_more_documentation(file: File) -> Iterator[Site]:
    """Words for people."""
    text = f"{file.data.get('documentation', '')}\nOne more line.\n"
    yield put(_top(file), "documentation", text, Reported("integration-documentation-changed", SAFE))


def lose_the_documentation(file: File) -> Iterator[Site]:
    """Words for people."""
    if file.data.get("documentation"):
        yield put(_top(file), "documentation", "", Reported("integration-documentation-changed", SAFE))


def list_it_elsewhere(file: File) -> Iterator[Site]:
    """A category is where people look for it."""
    yield put(_top(file), "category", "Quite another one", Reported("category-changed", SAFE))


def add_a_label(file: File) -> Iterator[Site]:
    """Labels are for people who look for it."""
    labels = [*file.data.get("labels", []), "new"]
    yield put(_top(file), "labels", labels, Reported("integration-labels-changed", SAFE))


def give_the_instance_one_url(file: File) -> Iterator[Site]:
    """Callers posted to the URL of a flow."""
    if file.data.get("endpointType", "flow_specific") == "flow_specific":
        yield at_once(
            put(_top(file), "endpointType", "instance_specific", Reported("endpoint-type-changed", BREAKING)),
            put(_top(file), "flowNameField", _FIELD, Reported("routing-field-changed", BREAKING)),
        )


def give_each_flow_a_url(file: File) -> Iterator[Site]:
    """Callers posted to the URL of the instance, or one for all."""
    if file.data.get("endpointType", "flow_specific") == "flow_specific":
        return
    kinds = {"preprocessFlowName": "preprocess-flow-changed"}
    keys = ("preprocessFlowName", "flowNameField", "externalCustomerIdField", "externalCustomerUserIdField")
    told = [
        drop(_top(file), key, Reported(kinds.get(key, "routing-field-changed"), BREAKING))
        for key in keys
        if key in file.data
    ]
    yield at_once(drop(_top(file), "endpointType", Reported("endpoint-type-changed", BREAKING)), *told)


def let_another_flow_route(file: File) -> Iterator[Site]:
    """Another flow says for which flow a request is."""
    name = file.data.get("preprocessFlowName")
    for flow in file.flows if name else ():
        if flow.name != name:
            yield put(
                _top(file), "preprocessFlowName", flow.name, Reported("preprocess-flow-changed", BREAKING)
            )


def route_by_another_header(file: File) -> Iterator[Site]:
    """Requests that were routed by the old header find no flow."""
    for key in ("flowNameField", "externalCustomerIdField"):
        if key in file.data:
            value = f"{file.data[key]['value']}Other"
            yield put(_top(file), (key, "value"), value, Reported("routing-field-changed", BREAKING))


def give_instances_another_profile(file: File) -> Iterator[Site]:
    """A profile says how much memory an instance has, and what it logs."""
    yield put(_top(file), "defaultInstanceProfile", "Quiet", Reported("instance-profile-changed", RISKY))


def write_an_older_format(file: File) -> Iterator[Site]:
    """Version 6 is still taken."""
    yield put(_top(file), "definitionVersion", 6, Reported("definition-version-changed", RISKY))


def give_it_another_stable_key(file: File) -> Iterator[Site]:
    """An import knows the integration by it."""
    if file.data.get("stableKey"):
        yield put(_top(file), "stableKey", "quite-another", Reported("stable-key-changed", BREAKING))


def tell_of_an_old_rename(file: File) -> Iterator[Site]:
    """An import that was done long ago needs it no more."""
    if "renameAttributes" not in file.data and file.flows:
        renames = {"flows": [{"oldName": "Long Ago", "newName": file.flows[0].name}]}
        site = put(_top(file), "renameAttributes", renames, Reported("rename-attributes-changed", SAFE))
        yield site._replace(touches=(*site.touches, file.flows[0].path))


def forget_an_old_rename(file: File) -> Iterator[Site]:
    """Renames are told for one import."""
    if "renameAttributes" in file.data:
        yield drop(_top(file), "renameAttributes", Reported("rename-attributes-changed", SAFE))


def set_an_unknown_key(file: File) -> Iterator[Site]:
    """What a key means that nobody knows is not known."""
    yield put(
        _top(file), "importMetadata", {"from": "elsewhere"}, Reported("integration-setting-changed", RISKY)
    )
