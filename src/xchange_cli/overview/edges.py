"""What follows what in a chart: the lines between its steps, for formats that place them themselves."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.overview.chart import Block, Chart, Kind

END = "end"
"""Stands for the end of the flow, which is no block."""


class Edge(NamedTuple):
    """From the step `start` to the step `to`, by their ids; `to` is END where the flow ends.

    `arm` is the name of the branch that has no step of its own on this way, None elsewhere. `is_back` leads from the end
    of a pass to its loop.
    """

    start: str
    to: str
    arm: str | None = None
    is_back: bool = False


class _Exit(NamedTuple):
    """A way out of something, which waits for what follows."""

    start: str
    arm: str | None = None


class _Ways(NamedTuple):
    """The ways out at the end, and those that leave the loop around."""

    out: tuple[_Exit, ...]
    leaving: tuple[_Exit, ...] = ()


def edges_of(chart: Chart) -> tuple[Edge, ...]:
    """Give the lines of a chart in the order of its steps; a step that cannot be reached has none."""
    edges: list[Edge] = []
    ways = _list(chart.blocks, (), edges)
    edges += _joined((*ways.out, *ways.leaving), END)
    return tuple(edges)


def _list(blocks: tuple[Block, ...], entry: tuple[_Exit, ...], edges: list[Edge]) -> _Ways:
    """Note the lines of a list of steps that is reached; `entry` are the ways that lead to the first one."""
    out, leaving = entry, tuple[_Exit, ...]()
    for number, block in enumerate(blocks):
        if number and not out:
            break
        edges += _joined(out, block.id)
        out, left = _block(block, edges)
        leaving = (*leaving, *left)
    return _Ways(out, leaving)


def _block(block: Block, edges: list[Edge]) -> _Ways:
    here: tuple[_Exit, ...] = (_Exit(block.id),)
    if block.kind is Kind.END:
        return _Ways(())
    if block.kind is Kind.LEAVE:
        return _Ways((), here)
    if block.body:
        inside = _list(block.body, here, edges)
        edges += (one._replace(is_back=True) for one in _joined(inside.out, block.id))
        here = (*here, *inside.leaving)
    return _arms(block, here, edges) if block.arms else _Ways(here)


def _arms(block: Block, here: tuple[_Exit, ...], edges: list[Edge]) -> _Ways:
    out: tuple[_Exit, ...] = ()
    leaving: tuple[_Exit, ...] = ()
    for arm in block.arms:
        if arm.blocks:
            ways = _list(arm.blocks, here, edges)
            out, leaving = (*out, *ways.out), (*leaving, *ways.leaving)
        else:
            out = (*out, _Exit(block.id, arm.name))
    return _Ways(out, leaving)


def _joined(exits: tuple[_Exit, ...], to: str) -> Iterator[Edge]:
    return (Edge(one.start, to, one.arm) for one in exits)
