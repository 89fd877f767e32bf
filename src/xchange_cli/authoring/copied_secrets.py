"""Secrets in clear text in files beside an integration, by the names that they stand under."""

from collections.abc import Callable, Iterator

from xchange_cli.configset.placeholders import UnknownText, expand
from xchange_cli.configset.read import ConfigSet
from xchange_cli.diagnostics import Severity
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.source import Source
from xchange_cli.validation.flow_tests import flow_tests
from xchange_cli.validation.secret_texts import is_random_under, is_stand_in, names_secret

_VALUES = "values"
_VARIABLES = "variables"
_TESTS = "tests"


def holds_secret_value(config_set: ConfigSet) -> bool:
    """Tell whether a set, or one that it extends, gives a config variable that is called a secret in clear text."""
    return any(_any(layer.root.mapping(_VALUES), _is_secret) for layer in config_set.layers)


def trouble_with_tests(source: Source) -> str:
    """Say why a file of flow tests is not to be copied; empty where nothing is against it.

    Config variables have values there, too. What mocks, payloads and expectations hold is mostly made up: of these,
    what looks random is a secret.
    """
    document = parse(source)
    root = document.root
    if (
        not isinstance(root, Mapping)
        or any(one.severity is Severity.ERROR for one in document.diagnostics)
        or not _has_tests_by_name(root)
    ):
        return "it cannot be read as flow tests, so nobody knows whether it holds secrets"
    given = (root, *(test.own for test in flow_tests(root)))
    variables = (part.entries[_VARIABLES].value for part in given if _VARIABLES in part.entries)
    if any(_any(node, _is_secret) for node in variables) or _any(root, is_random_under):
        return "it holds a secret in clear text"
    return ""


def _has_tests_by_name(root: Mapping) -> bool:
    """Tell whether `tests`, where it is there, has mappings by name; what is written otherwise is looked at by nobody."""
    tests = root.mapping(_TESTS)
    if tests is None:
        return _TESTS not in root.entries
    return all(isinstance(entry.value, Mapping) for entry in tests.entries.values())


def _any(node: Node | None, is_meant: Callable[[str, str], bool]) -> bool:
    return node is not None and any(is_meant(name, text) for name, text in _clear_texts("", node))


def _is_secret(name: str, text: str) -> bool:
    return names_secret(name) and not is_stand_in(text)


def _clear_texts(name: str, node: Node) -> Iterator[tuple[str, str]]:
    """Yield the texts and numbers in a node that are no placeholders, each with the name that it stands under."""
    match node:
        case Mapping():
            for key, entry in node.entries.items():
                yield from _clear_texts(key, entry.value)
        case Sequence():
            for item in node.items:
                yield from _clear_texts(name, item)
        case Scalar():
            is_text = node.data is not None and not isinstance(node.data, bool) and node.value
            if is_text and not isinstance(expand(node, None).data, UnknownText):
                yield name, node.value
