"""A small house in which every page has something to show, made by the operations themselves."""

from tests.browser.world.base import DAY, NOW, PASSWORD, TODAY
from tests.browser.world.conferences import Conferences
from tests.browser.world.desk import Desk
from tests.browser.world.money import Money
from tests.browser.world.people import People
from tests.browser.world.running import Running

__all__ = ["DAY", "NOW", "PASSWORD", "TODAY", "World"]


class World(People, Desk, Conferences, Money, Running):
    """Made piece by piece, as a test asks for it; each piece is made once."""
