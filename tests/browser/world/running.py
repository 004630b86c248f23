"""The year, its rules and reports, and what keeps the house running."""

import datetime as dt
from functools import cached_property
from urllib.parse import urlencode

from bookings.wheel import operations as wheel
from bookings.wheel.models import Entry
from navet.accounts import operations as accounts
from navet.accounts.actor import Actor
from navet.accounts.roles import Role
from navet.outbox.models import DeliveredMail, Effect
from navet.retention import engine, rules
from navet.retention.models import Run
from tests.bookings.schools import plans
from tests.browser.hands import relay_mails
from tests.browser.world.base import DAY, NOW, TODAY
from tests.browser.world.schools import Schools
from tests.navet.house import making
from visitors import counting, decisions
from visitors.models import CountingDecision
from visitors.tertials import operations as tertials
from visitors.tertials.models import Issue
from visitors.tertials.tertial import Tertial
from worker.alerts import telling as alerts


class Running(Schools):
    """The year, its rules and reports, and what keeps the house running."""

    @cached_property
    def told(self) -> int:
        """Weeks that are not full, as alerts tell of them."""
        plans.create(self.programme, self.room, day=TODAY + dt.timedelta(days=8))
        return alerts.watch(NOW)

    @cached_property
    def reported(self) -> Issue:
        """The tertial that ended, kept, with a comment that made its second version."""
        manager = making.user("lena@navet.example", Role.MANAGEMENT, name="Lena Ledning")
        tertial = Tertial.ended_before(TODAY)
        tertials.give_out(tertial, at=NOW)
        words = {"pupils": tertials.Words("Höstens tider blev fulla.", "Fler tider i januari.")}
        made = tertials.write(tertial, words, seen=0, by=manager, at=NOW)
        assert made is not None
        return made

    @cached_property
    def wheel_entry(self) -> Entry:
        """A week in March on the year wheel."""
        words = wheel.Words("campaign", "Rymdveckan", "Space week", DAY, DAY + dt.timedelta(days=6), "Affischer", "staff")  # fmt: skip
        return wheel.add(words, by=Actor(user=self.user("planner")), at=NOW)

    @cached_property
    def rules(self) -> CountingDecision:
        """What counts in 2026, decided otherwise than by default."""
        return decisions.decide(
            2026, categories={"visitors": ["adult", "pupil"]}, targets={"leisure": 250}, reason="Direktionen 12 januari",
            seen=0, by=self.user("management"), at=NOW,
        )  # fmt: skip

    @cached_property
    def proposal(self) -> str:
        """The question of a preview: children would count too."""
        counts = {"pupils": "pupil", "educators": "course", "leisure": "leisure"}
        asked = [("ar", 2026), ("seen", decisions.version()), ("reason", "Direktionen i mars")]
        asked += [(f"counts_{code}", category) for code, category in counts.items()]
        asked += [("counts_visitors", category) for category in ("adult", "child", "pupil")]
        asked += [(f"target_{code}", target) for code, target in counting.targets_of(2026, []).items()]
        return f"?{urlencode(asked)}"

    @cached_property
    def tidied(self) -> Run:
        """A night on which a code was removed."""
        accounts.send_code("maria@skola.example", purpose="x", language="sv", at=NOW - dt.timedelta(days=9))
        return engine.run(rules.every(), why="night", at=NOW)

    @cached_property
    def mail(self) -> DeliveredMail:
        """The confirmation of `booked`."""
        code = self.booked.code
        relay_mails()
        return DeliveredMail.objects.filter(text__contains=code).latest("pk")

    @cached_property
    def given_up(self) -> Effect:
        """A mail that could not be sent."""
        payload = {"mail": "school.confirmed", "args": {}}
        return Effect.objects.create(
            kind="mail", key="a", payload=payload, due_at=NOW, state="dead", attempts=8
        )
