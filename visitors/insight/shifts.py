"""Is this year still the year it was? Changes that nobody announced, weighed against chance: pure arithmetic.

Each block of four weeks says how much more or less came than past years' season and level expected. Three kinds of
explanation are weighed by how well they foretell the blocks in the order they came (Kalman's filter for each, Bayes' rule
between them; Adams and MacKay 2007 call it change-point detection): nothing happened; from some block on more or less comes and
goes on coming (a new exhibition); one block or two next to each other are strange and the rest is as it was (a strike, a
feast). While several fit, the answer lies between them and is less sure.
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
WINDOW = 6  # blocks, half a year: in which a change is looked for


@dataclass(frozen=True)
class Pace:
    """What comes from now on against season and level, as log; the variance of what is not known of why; how likely it is
    that something lasting has happened."""

    log: float
    doubt: float
    changed: float


@dataclass(frozen=True)
class _State:
    """Of one explanation: pace and change, their covariance, and the log of how well it foretold the blocks so far."""

    pace: float
    change: float
    pp: float
    pc: float
    cc: float
    fit: float = 0.0

    def seen(self, ratio: float, variance: float, *, changed: bool) -> "_State":
        a = 1.0 if changed else 0.0
        to_pace, to_change = self.pp + a * self.pc, self.pc + a * self.cc
        total = to_pace + a * to_change + variance
        off = ratio - self.pace - a * self.change
        return _State(
            self.pace + to_pace * off / total,
            self.change + to_change * off / total,
            self.pp - to_pace * to_pace / total,
            self.pc - to_pace * to_change / total,
            self.cc - to_change * to_change / total,
            self.fit - (off * off / total + math.log(total)) / 2,
        )


def pace(blocks: Sequence[Block], noise: float, *, rest: float) -> Pace:
    """`noise` is how much the log of a usual block varies in a usual year (its standard deviation), `rest` the share of a year
    that is still to come."""
    variances = [
        noise**2 * USUAL_SHARE / one.share / RECENT ** (len(blocks) - 1 - n) for n, one in enumerate(blocks)
    ]
    level = noise**2 * USUAL_SHARE / PRIOR
    start = _State(0.0, 0.0, level, 0.0, SIZE**2)
    found = list(_explanations(blocks, variances, start))
    best = max(math.log(prior) + state.fit for prior, state, _lasts, _missed in found)
    weights = [math.exp(math.log(prior) + state.fit - best) for prior, state, _lasts, _missed in found]
    logs = [state.pace + lasts * state.change for _prior, state, lasts, _missed in found]
    own = [
        state.pp + lasts * (2 * state.pc + state.cc) + (MADE_UP * missed / max(rest, USUAL_SHARE)) ** 2
        for _prior, state, lasts, missed in found
    ]
    total = sum(weights)
    middle = sum(w * log for w, log in zip(weights, logs, strict=True)) / total
    doubt = sum(
        w * ((log - middle) ** 2 + max(variance - own[0], 0.0))
        for w, log, variance in zip(weights, logs, own, strict=True)
    )
    changed = sum(w for w, one in zip(weights, found, strict=True) if one[2])
    return Pace(middle, doubt / total, changed / total)


def _explanations(
    blocks: Sequence[Block], variances: Sequence[float], start: _State
) -> Iterator[tuple[float, _State, int, float]]:
    """How likely each was beforehand, what it says after all blocks, whether its change goes on, and the share of a year that
    strange blocks brought too little or too much: nothing first."""
    upto = [start]
    for block, variance in zip(blocks, variances, strict=True):
        upto.append(upto[-1].seen(block.ratio, variance, changed=False))
    chance = CHANGES * USUAL_SHARE
    yield 1.0, upto[-1], 0, 0.0
    for n in range(len(blocks)):
        if 0 < n < len(blocks) - WINDOW:
            continue  # the start of the year and its last half: pace has followed a change of between
        lasting = upto[n]
        for block, variance in zip(blocks[n:], variances[n:], strict=True):
            lasting = lasting.seen(block.ratio, variance, changed=True)
        yield chance, lasting, 1, 0.0
        for length in (1, 2):
            if n + length <= len(blocks):
                strange = upto[n]
                for m in range(n, len(blocks)):
                    more = STRANGE**2 * (m < n + length)
                    strange = strange.seen(blocks[m].ratio, variances[m] + more, changed=False)
                missed = sum(
                    one.share * (1 - math.exp(min(one.ratio, 1.0))) for one in blocks[n : n + length]
                )
                yield chance / length, strange, 0, missed
