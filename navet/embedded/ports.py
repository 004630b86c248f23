"""TCP ports on this machine."""

import socket

from .failure import LauncherError


def free_port() -> int:
    """Return a port on 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def require_free(port: int) -> None:
    """Raise LauncherError, in one line, if `port` is taken or not ours to take."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise LauncherError(
                f"Port {port} may not be used by this user. Choose another with PORT=."
            ) from None
        except OSError:
            raise LauncherError(f"Port {port} is already in use. Choose another with PORT=.") from None


def answers(port: int) -> bool:
    """Say whether something on 127.0.0.1 accepts connections on `port`."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
