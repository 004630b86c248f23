"""Is this year still the year it was? Changes that nobody announced, weighed against chance: pure arithmetic.

Each block of four weeks says how much more or less came than past years' season and level expected. Three kinds of
explanation are weighed by how well they foretell the blocks in the order they came (Kalman's filter for each, Bayes' rule
between them; Adams and MacKay 2007 call it change-point detection): nothing happened; from some block on more or less comes and
goes on coming (a new exhibition); one block or two next to each other are strange and the rest is as it was (a strike, a
feast). While several fit, the answer lies between them and is less sure. What was announced is in what the blocks were
expected to bring; how wrong it was told is learned with the pace, once its days have come.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from visitors.insight.season import Block

RECENT = 0.8  # what a block weighs against the one after it
PRIOR = 0.12  # of a year: how much pace must be seen before it weighs as much as the past years' level
USUAL_SHARE = 1 / 13  # of a year, in a block
CHANGES = 0.2  # a lasting change in one year of five, and a strange block in as many
SIZE = 0.3  # log: the usual size of a lasting change
STRANGE = 1.0  # log: that of a strange block
MADE_UP = (
    0.5  # of what a strange block brought too little or too much: as much may be made up for later, or not
)
TOLD = 0.5  # of what was announced: how wrong it usually is told
WINDOW = 6  # blocks, half a year: in which a change is looked for


@dataclass(frozen=True)
class Cause:
    """What explains the blocks best, if not chance: from day `first` on to `last` (days of the year that were over before and
    after) `more` came than expected, or less; it `lasts`, or has passed."""

    lasts: bool
    more: bool
    first: int
    last: int


@dataclass(frozen=True)
class Pace:
    """What comes from now on against season and level, as log; the variance of what is not known of why, and how much of that
    is of what was announced; how likely it is that something lasting has happened, and what explains most."""

    log: float
    doubt: float
    changed: float
    told: float = 0.0
    cause: Cause | None = None


@dataclass(frozen=True)
class _State:
    """Of one explanation: pace and change, their covariance, and the log of how well it foretold the blocks so far.

    The change is that of the explanation, or how much more than announced an announced event brings.
    """

    pace: float
    change: float
    pp: float
    pc: float
    cc: float
    fit: float = 0.0

    def seen(self, ratio: float, variance: float, exposed: float) -> "_State":
        """`exposed` is how much of the change is in the block."""
        to_pace, to_change = self.pp + exposed * self.pc, self.pc + exposed * self.cc
        total = to_pace + exposed * to_change + variance
        off = ratio - self.pace - exposed * self.change
        return _State(
            self.pace + to_pace * off / total,
            self.change + to_change * off / total,
            self.pp - to_pace * to_pace / total,
            self.pc - to_pace * to_change / total,
            self.cc - to_change * to_change / total,
            self.fit - (off * off / total + math.log(total)) / 2,
        )

    def with_change(self) -> "_State":
        """The same pace, and from here on a change of which nothing is known yet."""
        return _State(self.pace, 0.0, self.pp, 0.0, SIZE**2, self.fit)


@dataclass(frozen=True)
class _Explanation:
    """How likely it was beforehand, what it says after all blocks, how much of its change goes on, and the share of a year that
    strange blocks brought too little or too much; None where it is chance alone."""

    prior: float
    state: _State
    goes_on: float
    missed: float = 0.0
    cause: Cause | None = None

    @property
    def score(self) -> float:
        return math.log(self.prior) + self.state.fit

    @property
    def log(self) -> float:
        return self.state.pace + self.goes_on * self.state.change

    def variance(self, rest: float) -> float:
        of_change = self.goes_on * (2 * self.state.pc + self.goes_on * self.state.cc)
        return self.state.pp + of_change + (MADE_UP * self.missed / max(rest, USUAL_SHARE)) ** 2


def pace(blocks: Sequence[Block], noise: float, *, rest: float, announced: float = 0.0) -> Pace:
    """`noise` is how much the log of a usual block varies in a usual year (its standard deviation), `rest` the share of a year
    that is still to come, `announced` how much of it rests on what was announced (-1 to 1)."""
    variances = [
        max(noise**2 * USUAL_SHARE / one.share, one.unlike) / RECENT ** (len(blocks) - 1 - n)
        for n, one in enumerate(blocks)
    ]
    start = _State(0.0, 0.0, noise**2 * USUAL_SHARE / PRIOR, 0.0, TOLD**2)
    found = list(_explanations(blocks, variances, start, announced))
    best = max(one.score for one in found)
    weights = [math.exp(one.score - best) for one in found]
    total = sum(weights)
    weights = [weight / total for weight in weights]
    weighed = list(zip(weights, found, strict=True))
    middle = sum(weight * one.log for weight, one in weighed)
    usual = found[0].state.pp  # how wrong a pace is in a usual year: past errors have it
    doubt = sum(
        weight * ((one.log - middle) ** 2 + max(one.variance(rest) - usual, 0.0)) for weight, one in weighed
    )
    return Pace(
        middle,
        doubt,
        sum(weight for weight, one in weighed if one.cause and one.cause.lasts),
        weights[0] * max(found[0].variance(rest) - usual, 0.0),
        _cause(weighed),
    )


def _cause(weighed: Sequence[tuple[float, _Explanation]]) -> Cause | None:
    """Of what is no chance, the kind that weighs most, and of that kind what explains most."""
    causes = [(weight, one.cause) for weight, one in weighed if one.cause]
    if not causes:
        return None
    lasting = sum(weight for weight, cause in causes if cause.lasts)
    lasts = lasting >= sum(weight for weight, _cause in causes) / 2
    return max((one for one in causes if one[1].lasts is lasts), key=lambda one: one[0])[1]


def _explanations(
    blocks: Sequence[Block], variances: Sequence[float], start: _State, announced: float
) -> Iterator[_Explanation]:
    """Chance first."""
    upto = [start]
    for block, variance in zip(blocks, variances, strict=True):
        upto.append(upto[-1].seen(block.ratio, variance, block.announced))
    chance = CHANGES * USUAL_SHARE
    yield _Explanation(1.0, upto[-1], announced)
    for n in range(len(blocks)):
        if 0 < n < len(blocks) - WINDOW:
            continue  # the start of the year and its last half: pace has followed a change of between
        lasting = upto[n].with_change()
        for block, variance in zip(blocks[n:], variances[n:], strict=True):
            lasting = lasting.seen(block.ratio, variance, 1.0)
        cause = Cause(True, lasting.change > 0, blocks[n].first, blocks[-1].last)
        yield _Explanation(chance, lasting, 1.0, cause=cause)
        for length in (1, 2):
            if n + length <= len(blocks):
                strange = upto[n]
                for m in range(n, len(blocks)):
                    more = STRANGE**2 * (m < n + length)
                    strange = strange.seen(blocks[m].ratio, variances[m] + more, blocks[m].announced)
                weeks = blocks[n : n + length]
                missed = sum(one.share * (1 - math.exp(min(one.ratio, 1.0))) for one in weeks)
                cause = Cause(False, missed < 0, weeks[0].first, weeks[-1].last)
                yield _Explanation(chance / length, strange, announced, missed, cause)
