"""Code of components that are not built in: loaded when a run needs it, and kept from bringing the run down."""

import ast
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import partial
from importlib import import_module
from inspect import iscoroutinefunction, isfunction, signature
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from xchange_cli.components.lazy import LazyMapping
from xchange_cli.components.own.calls import Where, perform_own, told
from xchange_cli.components.spec import Implementation, Perform
from xchange_cli.errors import ErrorCode, Place, XchangeError

ACTIONS = "ACTIONS"
"""What a module may call its functions by action key, where their names are not those of the actions."""

_TAKES = "it is called with (context, inputs)"


class OwnCode(NamedTuple):
    """Where the code is: in a file, or in an installed package (`package.module` or `package.module:object`).

    `name` is what messages show for it.
    """

    name: str
    path: Path | None = None
    entry: str = ""


def load_own(code: OwnCode) -> Implementation:
    """Run the code's module and give its actions; each is looked at when it is first asked for.

    Raises:
        XchangeError: INVALID with the place where the module fails; from the actions, for what cannot be called.

    """
    home = _imported(code) if code.path is None else _run_file(code, code.path)
    where = Where(code.name, _file_of(home, code))
    return Implementation(LazyMapping(_functions(home, code), partial(_perform, where)), asks_access=False)


def function_names(code: OwnCode) -> frozenset[str] | None:
    """Tell by reading, without running it, which actions a file has; None where only running it could tell."""
    if code.path is None:
        return None
    try:
        tree = ast.parse(code.path.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == ACTIONS for target in targets):
            return _literal_keys(getattr(node, "value", None))
    imports = any(isinstance(node, ast.ImportFrom) and node.level for node in tree.body)
    names = (node.name for node in tree.body if isinstance(node, ast.FunctionDef))
    return None if imports else frozenset(name for name in names if not name.startswith("_"))


def _literal_keys(node: ast.AST | None) -> frozenset[str] | None:
    if not isinstance(node, ast.Dict):
        return None
    keys = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    return frozenset(keys) if len(keys) == len(node.keys) else None


def _run_file(code: OwnCode, path: Path) -> ModuleType:
    """Run a file as a module of a private package, so that it can import what lies beside it: `from . import x`."""
    folder = path.absolute().parent
    package = f"_xchange_own_{zlib.crc32(str(folder).encode('utf-8', 'surrogateescape')):08x}"
    around = sys.modules.setdefault(package, ModuleType(package))
    around.__path__ = [str(folder)]
    module = ModuleType(f"{package}.{path.stem}")
    module.__file__, module.__package__ = str(path), package
    sys.modules[module.__name__] = module  # dataclasses, among others, look for their module there
    with _loading(code, path):
        program = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
        exec(program, module.__dict__)  # noqa: S102 - the user's own code is what the user wants to run
    return module


def _imported(code: OwnCode) -> Any:
    name, _, attributes = code.entry.partition(":")
    with _loading(code, None):
        home: Any = import_module(name)
        for attribute in filter(None, attributes.split(".")):
            home = getattr(home, attribute)
    return home


@contextmanager
def _loading(code: OwnCode, path: Path | None) -> Iterator[None]:
    """Turn whatever ends a module before its end into an error with the place; what it prints is no data."""
    try:
        with redirect_stdout(sys.stderr):
            yield
    except OSError as error:
        if path is not None and error.filename == str(path):
            raise XchangeError(
                ErrorCode.UNREADABLE, f"{code.name} cannot be read: {error.strerror}"
            ) from error
        raise _broken(code, path, error) from None
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - `sys.exit` and whatever else others may raise
        raise _broken(code, path, error) from None


def _broken(code: OwnCode, path: Path | None, error: BaseException) -> XchangeError:
    message = f"the component cannot be loaded: {told(error)}"
    if isinstance(error, SyntaxError) and error.filename == str(path):
        place = Place(code.name, error.lineno or 1, error.offset or 1)
        return XchangeError(ErrorCode.INVALID, f"not Python: {error.msg}", place=place)
    name, _, line = Where(code.name, path).line_of(error.__traceback__).rpartition(":")
    place = Place(name, int(line), 1) if line.isdecimal() else Place(code.name, 1, 1)
    return XchangeError(ErrorCode.INVALID, message, place=place)


def _functions(home: Any, code: OwnCode) -> dict[str, Any]:
    """Give `ACTIONS`, or all functions with public names."""
    given = getattr(home, ACTIONS, None)
    if given is None:
        return {name: value for name, value in vars(home).items() if isfunction(value) and name[:1] != "_"}
    if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):
        raise XchangeError(
            ErrorCode.INVALID,
            f"{code.name}: {ACTIONS} must be a dictionary of functions by action key",
            hint=f'Write {ACTIONS} = {{"createOrder": create_order}}.',
        )
    return dict(given)


def _perform(where: Where, function: Any) -> Perform:
    """Make an action of a function.

    Raises:
        XchangeError: INVALID where it cannot be called as actions are.

    """
    fault = _fault(function)
    if fault:
        name = getattr(function, "__name__", repr(function))
        line = getattr(getattr(function, "__code__", None), "co_firstlineno", 1)
        message = f"`{name}` cannot be an action: {fault}"
        raise XchangeError(ErrorCode.INVALID, message, place=Place(where.name, line, 1))
    return partial(perform_own, where, function)


def _fault(function: Any) -> str:
    if not callable(function):
        return "it is no function"
    if iscoroutinefunction(function):
        return "it is asynchronous; write `def` without `async`"
    try:
        signature(function).bind(None, {})
    except TypeError as error:
        return f"{_TAKES}, and that fails: {error}"
    except ValueError:  # built in: Python does not know how it is called
        return ""
    return ""


def _file_of(home: Any, code: OwnCode) -> Path | None:
    file = code.path or getattr(sys.modules.get(code.entry.partition(":")[0], home), "__file__", None)
    return Path(file) if file else None
