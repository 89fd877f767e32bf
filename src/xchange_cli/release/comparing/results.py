"""Many pairs compared: each once, in several processes where that pays, and what was found before not again."""

from collections.abc import Callable, Sequence

from xchange_cli.errors import XchangeError
from xchange_cli.processes import WORTH_SPLITTING, processes_for, share_out
from xchange_cli.release.comparing.comparer import Comparer, Found, Work
from xchange_cli.release.comparing.remembered import Memory


def results_of(
    works: Sequence[Work], comparer: Comparer, memory: Memory | None, tell: Callable[[int, int], None]
) -> list[Found | XchangeError]:
    """Compare pairs; gives the error where a side is broken. `tell` is told how many of how many are compared."""
    known = [_known(work, comparer, memory) for work in works]
    fresh = [number for number, found in enumerate(known) if found is None]
    done = share_out(
        comparer.compare,
        [works[number] for number in fresh],
        processes_for(len(fresh)),
        lambda number: tell(fresh[number], len(works)),
    )
    results = dict(zip(fresh, done, strict=True))
    if memory is not None:
        for number, found in results.items():
            is_of_texts = works[number].move is None
            if is_of_texts and isinstance(found, Found) and found.data is not None:
                memory.keep(works[number].texts, found.data)
        memory.save(used_all=len(works) > WORTH_SPLITTING)
    return [results[number] if found is None else found for number, found in enumerate(known)]


def _known(work: Work, comparer: Comparer, memory: Memory | None) -> Found | None:
    if comparer.config or work.move is not None:
        return None
    kept = memory.recall(work.texts) if memory is not None else None
    return None if kept is None else Found(kept)
