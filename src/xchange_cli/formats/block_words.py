"""What the steps of a chart are, in words: for those who cannot see a picture, and for legends."""

from collections.abc import Iterator

from xchange_cli.components.spec import Effect
from xchange_cli.model.failure_words import in_words as failure_in_words
from xchange_cli.model.schedule_words import schedule_in_words
from xchange_cli.overview.chart import Block, Chart, Kind
from xchange_cli.overview.lettering import plain

_KINDS = {
    Kind.TRIGGER: "trigger",
    Kind.LOOP: "loop",
    Kind.BRANCH: "branch",
    Kind.END: "ends the run",
    Kind.LEAVE: "leaves the loop",
}
_EFFECTS = {Effect.WRITES: "writes", Effect.READS: "reads", None: "unknown, may write"}


def notes(block: Block) -> tuple[str, ...]:
    """Give what stands below a step's name: its action, its schedule, and what happens when it fails."""
    schedule = schedule_in_words(block.schedule) if block.schedule else ""
    unknown = "unknown, may write" if block.writes and block.effect is None else ""
    texts = (action_of(block), unknown, schedule, failure_in_words(block.failure))
    return tuple(plain(text) for text in texts if text)


def action_of(block: Block, between: str = " · ") -> str:
    """Name the component and the action of a step by their keys."""
    return between.join(filter(None, (block.component, block.action)))


def does(block: Block) -> str:
    """Say what a step is and does: `http httpPost, writes, its failure is ignored`."""
    kind = _EFFECTS.get(block.effect, "") if block.kind is Kind.STEP else _KINDS[block.kind]
    return plain(", ".join(filter(None, (action_of(block, " "), kind, failure_in_words(block.failure)))))


def outline(chart: Chart) -> str:
    """Tell a whole flow in one line: `Trigger; Loop (Get; Put); Branch [Yes: Log | Else: nothing]`."""
    return _told(chart.blocks)


def _told(blocks: tuple[Block, ...]) -> str:
    return "; ".join(map(_one, blocks)) or "nothing"


def _one(block: Block) -> str:
    return "".join(_parts(block))


def _parts(block: Block) -> Iterator[str]:
    yield plain(block.name) or "(no name)"
    if block.body is not None:
        yield f" ({_told(block.body)})"
    if block.arms:
        arms = " | ".join(f"{plain(arm.name)}: {_told(arm.blocks)}" for arm in block.arms)
        yield f" [{arms}]"
