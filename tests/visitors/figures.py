"""Reading figures off a page, and the sum of the rows that each of them opens."""

import re

FIGURE = re.compile(r'<a href="([^"]+)" data-figure>(?:<b>)?([^<]+)<')  # address and what it says
SUM = re.compile(r'data-sum="(-?\d+)"')


def number(text: str) -> int:
    """As English writes it: "1,250", "−300", "+40"."""
    return int(text.replace("−", "-").replace(",", "").replace("\xa0", "").replace("+", ""))
