"""What goes wrong on request, the same each time: every die is cast from the seed and the number of what it is about."""

import random
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Faults:
    """Shares from 0 to 1 of the events or calls that a fault befalls."""

    seed: int = 1
    duplicate: float = 0  # events delivered twice
    delay: float = 0  # events delivered up to `delay_seconds` late
    delay_seconds: float = 5
    lose: float = 0  # events never delivered
    refuse: float = 0  # calls answered 503 before anything is done
    hang_up: float = 0  # calls done, and their answer lost
    refund_status: str = "succeeded"  # what becomes of new refunds: succeeded, pending or failed

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Faults":
        """Raises TypeError or ValueError for what is no such setting."""
        made = cls(**told)
        shares = (made.duplicate, made.delay, made.lose, made.refuse, made.hang_up)
        if not all(0 <= share <= 1 for share in shares) or made.refund_status not in (
            "succeeded",
            "pending",
            "failed",
        ):
            raise ValueError("not such a setting")
        return made

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def deliveries(self, number: int) -> list[float]:
        """After how many seconds each delivery of event `number` is made; none where it is lost."""
        dice = self._dice("event", number)
        if dice.random() < self.lose:
            return []
        first = dice.uniform(0, self.delay_seconds) if dice.random() < self.delay else 0.0
        if dice.random() < self.duplicate:
            return [first, first + dice.uniform(0, self.delay_seconds)]
        return [first]

    def befalls(self, what: str, number: int) -> bool:
        """Whether `refuse` or `hang_up` befalls call `number`."""
        share: float = getattr(self, what)
        return self._dice(what, number).random() < share

    def _dice(self, what: str, number: int) -> random.Random:
        return random.Random(f"{self.seed} {what} {number}")  # noqa: S311 - no secret, and the same each time
