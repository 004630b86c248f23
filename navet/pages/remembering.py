"""Parts of pages that are written once and shown often."""

import functools
from collections.abc import Callable, Hashable

from django.utils.safestring import SafeString
from django.utils.translation import get_language


def remembered(most: int) -> Callable[[Callable[..., SafeString]], Callable[..., SafeString]]:
    """For a part that depends on nothing but its arguments and the language: the last `most` of them are kept.

    What is shown is in the arguments, so what is kept can never be out of date; figures are read anew for each page.
    """

    def keep(write: Callable[..., SafeString]) -> Callable[..., SafeString]:
        @functools.lru_cache(maxsize=most)
        def written(language: str | None, *said: Hashable) -> SafeString:
            return write(*said)

        @functools.wraps(write)
        def part(*said: Hashable) -> SafeString:
            return written(get_language(), *said)

        return part

    return keep
