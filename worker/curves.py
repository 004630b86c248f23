"""An indicator's year as a picture in a mail."""

import datetime as dt

from navet.outbox.mail import Attachment
from navet.pages import pdf
from visitors.indicators import Figure
from visitors.insight import drawing, words


def cid(figure: Figure) -> str:
    """What the mail shows it by."""
    return f"{figure.code}@navet"


def text(figure: Figure) -> str:
    """What it shows, in words, for whoever does not see it."""
    return words.curve(figure.name, figure.outcome, figure.target, figure.outlook.forecast)


def picture(figure: Figure, day: dt.date) -> Attachment:
    """Drawn up to the end of `day`, with words in the active language."""
    pace = drawing.Pace.of(day.year, figure.daily, figure.target, figure.outlook.forecast)
    name = f"{figure.code}-{day}.png"
    return Attachment(name, "image/png", pdf.picture(drawing.svg(pace)), cid=cid(figure))
