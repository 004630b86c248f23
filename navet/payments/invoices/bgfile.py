"""Payments from Bankgirot, in the layout called BgMax: fixed columns of 80 characters, Latin-1. Pure.

Written from the public description as we know it, not tried against the bank's own test files (docs/invoicing.md says how
sure each column is). So nothing is guessed: the counts of the end record must be right, and so must the sum of every
deposit, or the file is refused whole.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

LONGEST = 2_000_000  # bytes; about twenty thousand payments
_START, _OPENING, _PAYMENT, _DEDUCTION = "01", "05", "20", "21"
_EXTRA, _EXTRA_DEDUCTION, _TEXT, _NAME, _DEPOSIT, _END = "22", "23", "25", "26", "15", "70"
_IGNORED = {"27", "28", "29"}  # the payer's address and organisation number


class Broken(ValueError):
    """The file is not whole; `line` is where that shows, counted from 1."""

    def __init__(self, why: str, line: int) -> None:
        self.why, self.line = why, line
        super().__init__(f"{why} (line {line})")


@dataclass
class Payment:
    """One payment in. `serial` is Bankgirot's own number, unique within a day; `has_several`: it is for several references."""

    reference: str
    amount_ore: int
    serial: str
    sender_bankgiro: str
    paid_date: dt.date = dt.date.min
    bankgiro: str = ""
    sender: str = ""
    text: str = ""
    has_several: bool = False


@dataclass
class File:
    """`stamp` is when Bankgirot made it; `is_test` is not money."""

    stamp: str
    is_test: bool
    payments: list[Payment] = field(default_factory=list)


@dataclass
class _Section:
    """Payments between an opening and its deposit, which gives them their day and says what they come to."""

    bankgiro: str
    payments: list[Payment] = field(default_factory=list)
    deductions: int = 0
    deducted_ore: int = 0


def read(content: bytes) -> File:
    """Every payment of the file. Raises Broken where anything of it does not hold together."""
    return _Reader().read(content)


class _Reader:
    def __init__(self) -> None:
        self.file: File | None = None
        self.section: _Section | None = None
        self.counts = {_PAYMENT: 0, _DEDUCTION: 0, _EXTRA: 0, _DEPOSIT: 0}
        self.ended = False
        self.number = 0

    def read(self, content: bytes) -> File:
        if len(content) > LONGEST:
            raise Broken("too long", 1)
        for self.number, line in enumerate(_lines(content), 1):
            if self.ended:
                raise Broken("lines after the end record", self.number)
            self._take(line[:2], line)
        if self.file is None or not self.ended:
            raise Broken("no end record", self.number)
        return self.file

    def _take(self, code: str, line: str) -> None:
        if (self.file is None) != (code == _START):
            raise Broken("does not begin with one start record", self.number)
        if (
            code in (_PAYMENT, _DEDUCTION, _EXTRA, _EXTRA_DEDUCTION, _TEXT, _NAME, _DEPOSIT)
            and self.section is None
        ):
            raise Broken("a record outside of its section", self.number)
        takers = {
            _START: self._start,
            _OPENING: self._opening,
            _PAYMENT: self._payment,
            _DEDUCTION: self._deduction,
            _EXTRA: self._extra,
            _EXTRA_DEDUCTION: self._extra,
            _TEXT: self._words,
            _NAME: self._words,
            _DEPOSIT: self._deposit,
            _END: self._end,
        }
        if code in takers:
            takers[code](line)
        elif code not in _IGNORED:
            raise Broken(f"record {code!r} is not known", self.number)

    def _start(self, line: str) -> None:
        if line[2:22].strip().upper() != "BGMAX" or line[22:24] != "01":
            raise Broken("not a BgMax file of version 01", self.number)
        self.file = File(stamp=line[24:44].strip(), is_test=line[44:45] == "T")

    def _opening(self, line: str) -> None:
        if self.section is not None:
            raise Broken("a section begins before the last one has ended", self.number)
        if line[22:25] not in ("SEK", "   "):
            raise Broken("another currency than SEK", self.number)
        self.section = _Section(bankgiro=line[2:12].lstrip("0 ").strip())

    def _payment(self, line: str) -> None:
        self.counts[_PAYMENT] += 1
        payment = Payment(
            reference=line[12:37].strip(),
            amount_ore=self._whole(line[37:55]),
            serial=line[57:69].strip(),
            sender_bankgiro=line[2:12].lstrip("0 ").strip(),
            bankgiro=self._open.bankgiro,
        )
        if not payment.serial:
            raise Broken("a payment without a serial number", self.number)
        self._open.payments.append(payment)

    def _deduction(self, line: str) -> None:
        """A payment taken back by the bank: it is not booked by itself, so the deposit says how much, and staff are told."""
        self.counts[_DEDUCTION] += 1
        self._open.deductions += 1
        self._open.deducted_ore += self._whole(line[37:55])

    def _extra(self, line: str) -> None:
        self.counts[_EXTRA] += 1
        if self._open.payments:
            last = self._open.payments[-1]
            last.has_several = True
            last.text = f"{last.text} {line[12:37].strip()}".strip()

    def _words(self, line: str) -> None:
        if not self._open.payments:
            return
        last = self._open.payments[-1]
        if line.startswith(_NAME):
            last.sender = " ".join(line[2:72].split())
        else:
            last.text = f"{last.text} {' '.join(line[2:52].split())}".strip()

    def _deposit(self, line: str) -> None:
        self.counts[_DEPOSIT] += 1
        section, day = self._open, self._day(line[37:45])
        if section.deductions:
            raise Broken("deductions, which have to be booked by hand", self.number)
        if self._whole(line[50:68]) != sum(payment.amount_ore for payment in section.payments):
            raise Broken("a deposit is not the sum of its payments", self.number)
        if self._whole(line[71:79]) != len(section.payments):
            raise Broken("a deposit does not count its payments right", self.number)
        for payment in section.payments:
            payment.paid_date = day
        if self.file:
            self.file.payments += section.payments
        self.section = None

    def _end(self, line: str) -> None:
        said = [self._whole(line[start : start + 8]) for start in (2, 10, 18, 26)]
        if self.section is not None or said != list(self.counts.values()):
            raise Broken("the end record counts something else", self.number)
        self.ended = True

    @property
    def _open(self) -> _Section:
        if self.section is None:
            raise Broken("a record outside of its section", self.number)
        return self.section

    def _whole(self, text: str) -> int:
        digits = text.strip() or "0"
        if not (digits.isascii() and digits.isdigit()):
            raise Broken("a figure is not a figure", self.number)
        return int(digits)

    def _day(self, text: str) -> dt.date:
        try:
            return dt.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 (a date)
        except ValueError:
            raise Broken("a date is not a date", self.number) from None


def _lines(content: bytes) -> Iterator[str]:
    """Padded to 80 characters: some programs cut the spaces at the end of a line."""
    for line in content.decode("latin-1").splitlines():
        if line.strip("\x1a\x00 "):
            yield line.ljust(80)
