"""Who is expected at the door, who came, and what the year is measured against: a file for each."""

from visitors.models.arrivals import Arrival, ArrivalQuerySet, CheckIn, CheckInQuerySet
from visitors.models.categories import Category, Indicator
from visitors.models.checks import LedgerCheck
from visitors.models.counting import CountingDecision, CountingRule, Target
from visitors.models.individuals import Individual, IndividualDecision
from visitors.models.keeping import HouseDay, never_emptied
from visitors.models.sums import DaysClosed, DaySum, Expectation, PastYear, YearTouched
from visitors.models.visits import Visit, VisitQuerySet

__all__ = [
    "Arrival",
    "ArrivalQuerySet",
    "Category",
    "CheckIn",
    "CheckInQuerySet",
    "CountingDecision",
    "CountingRule",
    "DaySum",
    "DaysClosed",
    "Expectation",
    "HouseDay",
    "Indicator",
    "Individual",
    "IndividualDecision",
    "LedgerCheck",
    "PastYear",
    "Target",
    "Visit",
    "VisitQuerySet",
    "YearTouched",
    "never_emptied",
]
