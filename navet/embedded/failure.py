"""What the launcher says when it cannot go on: one line, no traceback."""


class LauncherError(Exception):
    """Its text is shown to the person at the terminal as it stands."""


class Stopped(BaseException):
    """Ctrl-C or SIGTERM arrived; `signum` says which."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum
