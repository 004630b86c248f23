"""`python -m navet.payments.sandbox --port 8420 --file FILE --webhook URL`; key and secret come by the environment."""

import argparse
import os
import signal
import sys

from .server import Sandbox
from .store import Store


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m navet.payments.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="on 127.0.0.1")
    parser.add_argument("--file", required=True, help="where it keeps what it knows")
    parser.add_argument("--webhook", default="", help="where events are sent; nowhere without it")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda _signum, _frame: sys.exit(0))
    sandbox = Sandbox(
        Store(given.file),
        port=given.port,
        key=os.environ["STRIPE_SANDBOX_KEY"],
        webhook=given.webhook,
        secret=os.environ["STRIPE_SANDBOX_WEBHOOK_SECRET"],
    )
    print(f"The Stripe sandbox is at {sandbox.base}", flush=True)
    sandbox.open()
    return 0


if __name__ == "__main__":
    sys.exit(main())
