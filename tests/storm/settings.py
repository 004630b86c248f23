"""The house's own settings, and a product line that is paid."""

from navet.settings import *  # noqa: F403
from navet.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.storm"]
