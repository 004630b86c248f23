"""The house's own settings, with the bare view beside its addresses and the rate limits out of the way."""

from navet.settings import *  # noqa: F403
from navet.settings import INSTALLED_APPS, REST_FRAMEWORK, VISITORS

ROOT_URLCONF = "tests.bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS]
REST_FRAMEWORK = REST_FRAMEWORK | {
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "1000000/min")
}
# Thousands are checked in within minutes; who stays would soon be more than any house holds.
VISITORS = VISITORS | {"late_stay_minutes": 0}
