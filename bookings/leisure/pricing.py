"""What a place costs when the term has begun: the meetings that are left, in whole kronor."""


def fee(term_ore: int, *, left: int, meetings: int) -> int:
    """Öre including VAT, rounded down to whole kronor; the term's own fee while all meetings are left."""
    if meetings <= 0 or left >= meetings:
        return term_ore
    return term_ore * max(0, left) // meetings // 100 * 100
