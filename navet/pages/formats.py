"""Numbers, money and time as the visitor's language writes them. Times are shown in the house's zone."""

import datetime
from functools import lru_cache

import phonenumbers
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language

from navet.money import CURRENCY, kronor
from navet.periods import HOUSE_ZONE

LOCALES = {"sv": "sv_SE", "en": "en_GB"}  # British English: 24 hours, the day before the month
PATTERNS = {
    "medium": "d MMMM y",
    "long": "EEEE d MMMM y",
    "day": "EEE d MMMM",
    "day_year": "EEE d MMMM y",
    "month": "LLLL y",
    "weekday": "EEEE",
    "short": "yyyy-MM-dd",  # ISO in both languages: nobody has to guess which figure is the month
}


def _locale() -> str:
    return LOCALES.get((get_language() or "sv")[:2], "sv_SE")


def money(ore: int) -> str:
    """125050 öre -> "1 250,50 kr", in English "SEK 1,250.50"; whole kronor without decimals."""
    return _money(ore, _locale())


def count(number: int | float) -> str:
    """18000 -> "18 000", in English "18,000"."""
    return _decimal(number, _locale())


# A page of figures writes hundreds, most of them often, and Babel looks up the locale anew for each.
@lru_cache(maxsize=20_000)
def _money(ore: int, locale: str) -> str:
    digits = "#,##0" if ore % 100 == 0 else "#,##0.00"
    pattern = f"{digits}\u00a0¤" if locale == "sv_SE" else f"¤\u00a0{digits}"
    text = format_currency(kronor(ore), CURRENCY, pattern, locale=locale, currency_digits=False)
    return text.replace("-", "\u2212")  # a minus, as `count` writes it


@lru_cache(maxsize=20_000, typed=True)
def _decimal(number: int | float, locale: str) -> str:
    return format_decimal(number, locale=locale)


@lru_cache(maxsize=5_000)
def _date(day: datetime.date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale)


def signed(number: int) -> str:
    """12 -> "+12", -3 -> "−3", 0 -> "0": what is added and what is taken off."""
    return f"+{count(number)}" if number > 0 else count(number).replace("-", "\u2212")


def percent(share: float) -> str:
    """0.958 -> "96 %"."""
    return format_percent(share, locale=_locale())


def local(at: datetime.datetime) -> datetime.datetime:
    """An aware moment in the house's zone; a naive one is taken as it stands."""
    return at.astimezone(HOUSE_ZONE) if timezone.is_aware(at) else at


def local_time(at: datetime.datetime | datetime.time) -> str:
    """ "09:30" in both languages."""
    return (local(at) if isinstance(at, datetime.datetime) else at).strftime("%H:%M")


def local_date(at: datetime.date, style: str = "medium") -> str:
    """A date or moment in one of PATTERNS' styles: "3 mars 2026", long "tisdag 3 mars 2026"."""
    day = local(at).date() if isinstance(at, datetime.datetime) else at
    return _date(day, PATTERNS[style], _locale())


def near_date(at: datetime.date, *, today: datetime.date) -> str:
    """For lists, one style throughout: "tis 3 mars", with the year where it is not today's: "tis 3 mars 2027"."""
    day = local(at).date() if isinstance(at, datetime.datetime) else at
    return local_date(day, "day" if day.year == today.year else "day_year")


def said(value: object) -> str:
    """Whatever a record holds: dates and moments in the style of the house, all else as it is."""
    if isinstance(value, datetime.datetime):
        return f"{local_date(value, 'long')} {local_time(value)}"
    if isinstance(value, datetime.date):
        return local_date(value, "long")
    return str(value)


def phone(number: str) -> str:
    """ "+46701740605" -> "070-174 06 05", with the country's code where it is another; what is no number as it stands."""
    try:
        parsed = phonenumbers.parse(number, "SE")
    except phonenumbers.NumberParseException:
        return number
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        parsed, style.NATIONAL if parsed.country_code == 46 else style.INTERNATIONAL
    )


def decimals(ore: int) -> str:
    """125050 öre -> "1 250,50", in English "1,250.50": for columns that say their currency once."""
    return format_decimal(kronor(ore), "#,##0.00", locale=_locale()).replace("-", "\u2212")
