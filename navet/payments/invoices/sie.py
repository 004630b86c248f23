"""The ledger's file, SIE 4I: accounts and vouchers that balance, in code page 437 as the format wants it. And a reader. Pure."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from navet.money import kronor

ENCODING = "cp437"
PROGRAM, VERSION = "Navet", "1"


class Unbalanced(ValueError):
    """A voucher whose debit is not its credit."""


class Unreadable(ValueError):
    """Not a SIE file of type 4 that this reader knows."""


@dataclass(frozen=True)
class Row:
    """An account and öre: above zero debit, below zero credit."""

    account: str
    amount_ore: int
    text: str = ""


@dataclass(frozen=True)
class Voucher:
    """`number` is "" where the ledger gives it one."""

    series: str
    number: str
    day: dt.date
    text: str
    rows: tuple[Row, ...]

    @property
    def balance_ore(self) -> int:
        return sum(row.amount_ore for row in self.rows)


@dataclass(frozen=True)
class Ledger:
    """What goes into one file. `accounts` are their names by number; `year` is the first and last day of the accounting year."""

    company: str
    organisation_number: str
    year: tuple[dt.date, dt.date]
    accounts: dict[str, str]
    vouchers: tuple[Voucher, ...]


def sums(vouchers: Iterable[Voucher]) -> dict[str, int]:
    """What each account is changed by, öre, by account; accounts that come to nothing are there too."""
    by_account: defaultdict[str, int] = defaultdict(int)
    for voucher in vouchers:
        for row in voucher.rows:
            by_account[row.account] += row.amount_ore
    return dict(sorted(by_account.items()))


def write(ledger: Ledger, *, made: dt.date) -> bytes:
    """The file. Raises Unbalanced; letters that code page 437 lacks become question marks."""
    for voucher in ledger.vouchers:
        if voucher.balance_ore:
            raise Unbalanced(f"{voucher.series} {voucher.number} {voucher.text}")
    first, last = ledger.year
    lines = [
        "#FLAGGA 0",
        f"#PROGRAM {_quoted(PROGRAM)} {_quoted(VERSION)}",
        "#FORMAT PC8",
        f"#GEN {_day(made)}",
        "#SIETYP 4",
        f"#ORGNR {_organisation(ledger.organisation_number)}",
        f"#FNAMN {_quoted(ledger.company)}",
        f"#RAR 0 {_day(first)} {_day(last)}",
        "#VALUTA SEK",
        *(f"#KONTO {number} {_quoted(name)}" for number, name in sorted(ledger.accounts.items())),
    ]
    for voucher in ledger.vouchers:
        head = (_quoted(voucher.series), _quoted(voucher.number), _day(voucher.day), _quoted(voucher.text))
        lines += [f"#VER {' '.join(head)}", "{"]
        lines += [
            f"   #TRANS {row.account} {{}} {kronor(row.amount_ore):.2f} {_day(voucher.day)} {_quoted(row.text)}"
            for row in voucher.rows
        ]
        lines.append("}")
    return ("\r\n".join(lines) + "\r\n").encode(ENCODING, errors="replace")


def _day(day: dt.date) -> str:
    return f"{day:%Y%m%d}"


def _organisation(number: str) -> str:
    return f"{number[:6]}-{number[6:]}" if len(number) == 10 else _quoted(number)


def _quoted(text: str) -> str:
    """Without control characters; quotation marks and backslashes are escaped."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- Reading -------------------------------------------------------------------------------------------------------

_FIELD = re.compile(r'\{[^}]*\}|"(?:\\.|[^"\\])*"|[^\s{}]+')


def read(content: bytes) -> Ledger:
    """What a file says. Raises Unreadable for what is not SIE 4 or does not hold together, Unbalanced for its vouchers."""
    head: dict[str, list[str]] = {}
    accounts: dict[str, str] = {}
    vouchers: list[Voucher] = []
    open_head: list[str] | None = None
    rows: list[Row] = []
    for line in content.decode(ENCODING).splitlines():
        name, *fields = [_unquoted(field) for field in _FIELD.findall(line)] or [""]
        if line.strip() == "}":
            vouchers.append(_voucher(open_head, rows))
            open_head, rows = None, []
        elif name == "#VER":
            open_head = fields
        elif name == "#TRANS":
            rows.append(Row(fields[0], _ore(fields[2]), fields[4] if len(fields) > 4 else ""))
        elif name == "#KONTO":
            accounts[fields[0]] = fields[1]
        elif name.startswith("#"):
            head[name] = fields
    if head.get("#SIETYP") != ["4"] or open_head is not None or {"#FNAMN", "#ORGNR", "#RAR"} - head.keys():
        raise Unreadable("not a whole SIE file of type 4")
    _, first, last = head["#RAR"]
    organisation = head["#ORGNR"][0].replace("-", "")
    return Ledger(
        head["#FNAMN"][0], organisation, (_read_day(first), _read_day(last)), accounts, tuple(vouchers)
    )


def _voucher(head: list[str] | None, rows: list[Row]) -> Voucher:
    if head is None:
        raise Unreadable("a voucher ends that did not begin")
    voucher = Voucher(head[0], head[1], _read_day(head[2]), head[3], tuple(rows))
    if voucher.balance_ore:
        raise Unbalanced(voucher.text)
    return voucher


def _read_day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 (a date)


def _ore(text: str) -> int:
    whole, _point, part = text.partition(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * (abs(int(whole)) * 100 + int(part.ljust(2, "0")))


def _unquoted(field: str) -> str:
    return re.sub(r"\\(.)", r"\1", field[1:-1]) if field.startswith('"') else field
