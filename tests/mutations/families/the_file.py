"""Keys at the top of the file, and keys that there are not."""

from collections.abc import Iterator

from mutations.changes import add_entry, remove_entry, rename_key, replace
from mutations.correct import Breakage, Correct, around, broken
from xchange_cli.document.node import Mapping
from xchange_cli.source import Span


def _top(file: Correct) -> Span:
    return Span(file.source, file.root.start, file.root.start)


def forget_the_name_of_the_integration(file: Correct) -> Iterator[Breakage]:
    """An import refuses a file without a name."""
    yield broken(remove_entry(file.root, "name"), at=(_top(file),))


def forget_the_version_of_the_format(file: Correct) -> Iterator[Breakage]:
    """An import refuses a file without a version."""
    yield broken(remove_entry(file.root, "definitionVersion"), at=(_top(file),))


def write_an_old_version_of_the_format(file: Correct) -> Iterator[Breakage]:
    """Files of version 6 have another form."""
    yield broken(replace(file.root.entries["definitionVersion"].value, "6"))


def write_the_version_of_the_format_as_text(file: Correct) -> Iterator[Breakage]:
    """The version is a number."""
    yield broken(replace(file.root.entries["definitionVersion"].value, "'7'"))


def forget_all_flows(file: Correct) -> Iterator[Breakage]:
    """An integration without flows does nothing."""
    entry = file.root.entries["flows"]
    yield broken(replace(entry.value, "[]"), at=(entry.key.span,), at_edits=True)


def misspell_flows(file: Correct) -> Iterator[Breakage]:
    """An integration has `flows`."""
    yield broken(rename_key(file.root, "flows", "flow"), at=(_top(file), file.root.entries["flows"].key.span))


def misspell_the_list_of_config_variables(file: Correct) -> Iterator[Breakage]:
    """An integration has `requiredConfigVars`."""
    if "requiredConfigVars" in file.root.entries:
        yield broken(rename_key(file.root, "requiredConfigVars", "requiredConfigVariables"))


def misspell_the_list_of_pages(file: Correct) -> Iterator[Breakage]:
    """An integration has `configPages`."""
    if "configPages" in file.root.entries:
        yield broken(rename_key(file.root, "configPages", "configPage"))


def add_a_key_to_a_step(file: Correct) -> Iterator[Breakage]:
    """A step has no such key."""
    for step in file.steps:
        yield broken(add_entry(step.step.node, "timeout: 30"))


def forget_the_name_of_a_step(file: Correct) -> Iterator[Breakage]:
    """A step is known by its name."""
    for step in file.steps:
        yield broken(remove_entry(step.step.node, "name"), at=(step.step.node.span, *around(step.step)[1:]))


def forget_the_action_of_a_step(file: Correct) -> Iterator[Breakage]:
    """A step performs an action."""
    for step in file.steps:
        if len(step.step.node.entries) > 2:
            at = (step.step.name_node.span, Span(file.source, step.step.node.start, step.step.node.start))
            yield broken(remove_entry(step.step.node, "action"), at=at)


def mix_versions_of_a_component(file: Correct) -> Iterator[Breakage]:
    """The latest version may do something else than the numbered one."""
    for step in file.steps:
        action = step.step.action
        if action is None:
            continue
        versions = [
            component.entries["version"].value
            for other in file.named(action.component)
            if other.step.action and (component := other.step.action.node.mapping("component"))
        ]
        mine = action.node.mapping("component")
        if mine is not None and len(versions) > 1:
            new = "3" if action.version == "LATEST" else "LATEST"
            yield broken(
                replace(mine.entries["version"].value, new), at=tuple(node.span for node in versions)
            )


def take_a_component_of_ones_own(file: Correct) -> Iterator[Breakage]:
    """The organisation has no component of this key."""
    for step in file.steps:
        component = step.step.action.node.mapping("component") if step.step.action else None
        if isinstance(component, Mapping) and "isPublic" in component.entries:
            places = (component.span, component.entries["isPublic"].value.span)
            yield broken(replace(component.entries["isPublic"].value, "false"), at=places)


def write_a_flag_as_text(file: Correct) -> Iterator[Breakage]:
    """`isPublic` is true or false, not a text."""
    for step in file.steps:
        component = step.step.action.node.mapping("component") if step.step.action else None
        if isinstance(component, Mapping) and "isPublic" in component.entries:
            yield broken(replace(component.entries["isPublic"].value, "'true'"))


def write_labels_as_text(file: Correct) -> Iterator[Breakage]:
    """`labels` is a list."""
    if "labels" in file.root.entries:
        yield broken(replace(file.root.entries["labels"].value, "orders"))


def rename_a_flow_that_the_file_says_was_renamed(file: Correct) -> Iterator[Breakage]:
    """The rename names a flow that is not there."""
    renames = file.root.mapping("renameAttributes")
    flows = renames.sequence("flows") if renames else None
    for pair in flows.mappings() if flows else ():
        yield broken(replace(pair.entries["newName"].value, "No Such Flow"))
