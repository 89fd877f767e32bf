"""Config pages and what stands on them."""

import itertools
from collections.abc import Iterator

from mutations.changes import remove_entry, remove_item, repeat_item, replace
from mutations.correct import Breakage, Correct, broken, misspelt
from xchange_cli.model.integration import ConfigPage, PageElement


def _elements(file: Correct) -> Iterator[tuple[ConfigPage, int, PageElement]]:
    for page in file.integration.config_pages:
        for index, element in enumerate(page.elements):
            if element.kind == "configVar":
                yield page, index, element


def lose_an_element_of_a_page(file: Correct) -> Iterator[Breakage]:
    """Nobody would be asked for the config variable."""
    for page, index, element in _elements(file):
        variable = file.facts.config_vars.get(element.value)
        elements = page.node.sequence("elements")
        if variable is not None and elements is not None:
            yield broken(remove_item(elements, index), at=(variable.key_node.span, page.name_node.span))


def lose_a_page(file: Correct) -> Iterator[Breakage]:
    """Nobody would be asked for its config variables."""
    pages = file.root.sequence("configPages")
    for index, page in enumerate(file.integration.config_pages):
        keys = [element.value for element in page.elements if element.kind == "configVar"]
        at = tuple(variable.key_node.span for variable in file.variables if variable.key in keys)
        if pages is not None and len(pages.items) > 1 and at:
            yield broken(remove_item(pages, index), at=at)


def misspell_an_element_of_a_page(file: Correct) -> Iterator[Breakage]:
    """No config variable has this key."""
    for _, _, element in _elements(file):
        yield broken(replace(element.value_node, misspelt(element.value)))


def put_a_variable_on_a_page_twice(file: Correct) -> Iterator[Breakage]:
    """It would be asked for two times."""
    for page, index, _ in _elements(file):
        elements = page.node.sequence("elements")
        if elements is not None:
            yield broken(repeat_item(elements, index))


def name_two_pages_alike(file: Correct) -> Iterator[Breakage]:
    """Pages go by their names."""
    pages = file.integration.config_pages
    for first, second in itertools.pairwise(pages):
        yield broken(replace(second.name_node, first.name), at=(first.name_node.span, second.name_node.span))


def misspell_the_kind_of_an_element(file: Correct) -> Iterator[Breakage]:
    """There is no such kind of element."""
    for _, _, element in _elements(file):
        yield broken(replace(element.node.entries["type"].value, "configVariable"))


def write_an_element_as_text(file: Correct) -> Iterator[Breakage]:
    """An element is a mapping with `type` and `value`."""
    for _, _, element in _elements(file):
        yield broken(replace(element.node, "Some Key"))


def forget_the_elements_of_a_page(file: Correct) -> Iterator[Breakage]:
    """A page has a list of elements."""
    for page in file.integration.config_pages:
        yield broken(remove_entry(page.node, "elements"), at=(page.node.span,))
