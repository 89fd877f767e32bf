"""Renders Liquid templates as LiquidJS does, with limits; the library is loaded with this module."""

from collections.abc import Mapping
from typing import Any, ClassVar, TextIO

from liquid import BoundTemplate, Environment, RenderContext
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.echo_tag import EchoNode, EchoTag
from liquid.exceptions import (
    LiquidError,
    LiquidSyntaxError,
    LoopIterationLimitError,
    ResourceLimitError,
    TemplateNotFoundError,
)

from xchange_cli.components.limits import LONGEST_TEXT, MOST_LEVELS, TOO_LARGE, refusing_depth
from xchange_cli.components.liquid.filters import MISSING, Filter, as_javascript, own_filters
from xchange_cli.components.liquid.text import MOST_PASSES, liquid_text
from xchange_cli.components.spec import ActionContext, ActionError

_KEY = "liquidTemplate"


@refusing_depth
def render(context: ActionContext, template: str, variables: Mapping[str, Any]) -> str:
    """Render a template; what is missing is empty text.

    Raises:
        ActionError: with the position in the template, where it is known.

    """
    environment = _Environment(context)
    names = {"now": None, "today": None, **variables}  # which the library would fill with the machine's clock
    try:
        return environment.from_string(template, globals=names).render()
    except LiquidError as error:
        raise _action_error(error, template) from error
    except ActionError as error:
        raise ActionError(f"{_KEY}: {error.message}", kind=error.kind, input_key=_KEY) from error
    except RecursionError:
        raise
    except UnicodeEncodeError as error:
        raise _refused("the text has half a surrogate pair, which is no character") from error
    except Exception as error:  # the library lets those of Python's own functions pass
        raise _refused(f"the template cannot be rendered with this data: {error}") from error


class _Context(RenderContext):
    """Looks at the time where loops begin."""

    __slots__ = ()

    def raise_for_loop_limit(self, length: int = 1) -> None:
        assert isinstance(self.env, _Environment)
        if self.env.context.seconds_left <= 0:
            raise ActionError("the time of the run is over", kind="timeout")
        super().raise_for_loop_limit(length)


class _Template(BoundTemplate):
    context_class = _Context


class _OutputNode(OutputNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(liquid_text(self.expression.evaluate(context)))


class _Output(Output):
    node_class = _OutputNode


class _EchoNode(EchoNode):
    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(liquid_text(self.expression.evaluate(context)))


class _Echo(EchoTag):
    node_class = _EchoNode


class _Filters(dict[str, Filter]):
    """Filters by name; those that nobody knows do nothing, as in LiquidJS, but are warned of."""

    def __init__(self, filters: Mapping[str, Filter], context: ActionContext) -> None:
        super().__init__({name: as_javascript(name, apply) for name, apply in filters.items()})
        self._context = context

    def __missing__(self, name: str) -> Filter:
        if name in MISSING:
            raise KeyError(name)
        self._context.warn(f'the template has a filter "{name}" that Liquid does not know; it does nothing')
        self[name] = lambda value, *_args, **_named: value
        return self[name]


class _Environment(Environment):
    template_class = _Template
    loop_iteration_limit: ClassVar[int | None] = MOST_PASSES
    output_stream_limit: ClassVar[int | None] = LONGEST_TEXT
    local_namespace_limit: ClassVar[int | None] = LONGEST_TEXT
    block_nesting_limit: ClassVar[int] = MOST_LEVELS
    suppress_blank_control_flow_blocks = False
    logical_not_operator = True

    def __init__(self, context: ActionContext) -> None:
        self.context = context
        super().__init__()

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        self.add_tag(_Output)
        self.add_tag(_Echo)
        self.filters = _Filters({**self.filters, **own_filters(self.context)}, self.context)


def _action_error(error: LiquidError, template: str) -> ActionError:
    kind = TOO_LARGE if isinstance(error, ResourceLimitError) else "action-failed"
    return ActionError(
        f"{_KEY}: {_message(error)}", kind=kind, input_key=_KEY, offset=_offset(error, template)
    )


def _message(error: LiquidError) -> str:
    if isinstance(error, LoopIterationLimitError):
        return f"loops would run more than {MOST_PASSES} times, which is the most here"
    if isinstance(error, ResourceLimitError):
        return f"{error.message}: here a text may have {LONGEST_TEXT} bytes, and tags {MOST_LEVELS} levels"
    if isinstance(error, TemplateNotFoundError):
        return f'there is no template "{error.message}": templates cannot include others here'
    return (
        f"{error.message}: {error.__cause__}"
        if error.token is None and error.__cause__
        else f"{error.message}"
    )


def _offset(error: LiquidError, template: str) -> int | None:
    """Find the place; what is not closed is missed at the end."""
    token = error.token
    if token is None or token.source not in {template, ""}:
        return None
    if token.start_index < 0:
        return len(template) if isinstance(error, LiquidSyntaxError) else None
    return min(token.start_index, len(template))


def _refused(message: str) -> ActionError:
    return ActionError(f"{_KEY}: {message}", input_key=_KEY)
