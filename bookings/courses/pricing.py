"""What a course costs: nothing inside an agreement in force on its first day, else a price for each person."""


def price(each_ore: int, *, persons: int, inside_agreement: bool) -> int:
    """Öre including VAT."""
    return 0 if inside_agreement else each_ore * persons
