"""What a visit costs. "Free" is a property of an agreement and its dates, never of the programme (DOMAIN.md section 1)."""

from bookings.schools.models import Programme


def group_price(programme: Programme, *, pupils: int) -> int:
    """The price list in öre including VAT: half a class up to `half_class_max` pupils, else a full class."""
    return programme.price_half_ore if pupils <= programme.half_class_max else programme.price_full_ore


def price(programme: Programme, *, pupils: int, inside_agreement: bool) -> int:
    """What the visit costs in öre: nothing inside an agreement in force on the day of the visit."""
    return 0 if inside_agreement else group_price(programme, pupils=pupils)
