"""Charts that nobody thought of: names of any kind, loops and branches in each other, steps that end."""

from random import Random

from hypothesis import strategies as st

from xchange_cli.components.spec import Effect
from xchange_cli.model.integration import ErrorConfig, Schedule
from xchange_cli.overview.chart import Arm, Block, Chart, Kind

NAMES = (
    "Get Order",
    "W" * 60,
    "注文を取得する",
    "e\u0301" * 40,
    "🎉🎉 Party",
    "<b>&\"'</b>",
    "a b " * 30,
    "",
    "\x00\x1b[31m\ud800",
)
KEYS = ("http", "google-cloud-pub-sub", "deleteAllInstanceSubscriptions", "x" * 80, "")
FAILURES = (ErrorConfig(), ErrorConfig("ignore"), ErrorConfig("retry", 3, ignore_final=True))


class _Rolling:
    def __init__(self, seed):
        self._dice = Random(seed)
        self._count = 0

    def blocks(self, depth, least=0):
        return tuple(self._block(depth) for _ in range(self._dice.randint(least, 4)))

    def _block(self, depth):
        dice = self._dice
        self._count += 1
        own = f"s{self._count}"
        leaves = (Kind.STEP, Kind.STEP, Kind.STEP, Kind.TRIGGER, Kind.END, Kind.LEAVE)
        kind = dice.choice((*leaves, Kind.LOOP, Kind.LOOP, Kind.BRANCH, Kind.BRANCH) if depth else leaves)
        has_arms = kind is Kind.BRANCH or (
            kind in {Kind.TRIGGER, Kind.LOOP} and depth and dice.random() < 0.2
        )
        arms = range(1, dice.randint(1, 3) + 1) if has_arms else ()
        schedule = Schedule("value", "30 6 * * 1-5", "", "America/Argentina/Buenos_Aires", None)
        return Block(
            own,
            kind,
            dice.choice(NAMES),
            "ref",
            dice.choice(KEYS),
            dice.choice(KEYS),
            dice.choice((*Effect, None)),
            dice.choice(FAILURES),
            schedule if kind is Kind.TRIGGER else None,
            self.blocks(depth - 1) if kind is Kind.LOOP else None,
            tuple(Arm(f"{own}b{number}", dice.choice(NAMES), self.blocks(depth - 1)) for number in arms),
        )


def charts():
    """Choose charts of up to some hundred steps."""
    return st.builds(
        lambda seed, depth: Chart("A <flow>", _Rolling(seed).blocks(depth, least=1)),
        st.integers(0, 2**32),
        st.integers(0, 4),
    )
