"""OCR, bankgiro and what else has a check digit; and what a buyer wants as a reference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navet.payments.invoices import bankgiro, identifiers, ocr, reference_patterns

DIGITS = "0123456789"


@given(number=st.integers(1, 10**12), length_digit=st.booleans())
def test_an_ocr_is_valid_and_no_single_wrong_digit_passes(number, length_digit):
    made = ocr.make(number, length_digit=length_digit)
    assert made.startswith(str(number))
    assert ocr.is_valid(made, length_digit=length_digit)
    for place, digit in enumerate(made):
        wrong = made[:place] + DIGITS[(int(digit) + 1) % 10] + made[place + 1 :]
        assert not ocr.is_valid(wrong, length_digit=length_digit)
    assert ocr.normalise(f"  {made.rjust(25, '0')} ") == made


@given(number=st.integers(1, 10**12))
def test_the_length_digit_tells_a_digit_too_many(number):
    made = ocr.make(number, length_digit=True)
    assert int(made[-2]) == len(made) % 10
    assert not any(ocr.is_valid(digit + made, length_digit=True) for digit in "123456789")


@pytest.mark.parametrize("text", ["", "1", "12a45", "१२३४५", "1" * 26])
def test_what_is_no_ocr(text):
    assert not ocr.is_valid(text, length_digit=False)


def test_an_ocr_needs_a_number():
    with pytest.raises(ValueError, match="positive"):
        ocr.make(0, length_digit=True)
    with pytest.raises(ValueError, match="at most"):
        ocr.make(10**24, length_digit=True)


def test_bankgiro_numbers_are_read_and_printed():
    assert bankgiro.parse("5050-1055") == "50501055"
    assert bankgiro.pretty("50501055") == "5050-1055"
    assert bankgiro.pretty("9912346") == "991-2346"
    for wrong in ("5050-1056", "505010", "5050-10555", "x"):
        with pytest.raises(ValueError, match="bankgiro"):
            bankgiro.parse(wrong)


def test_other_numbers():
    assert identifiers.is_organisation_number("2120001561")
    assert not any(map(identifiers.is_organisation_number, ("212000-1561", "2120001562", "212000156")))
    assert identifiers.is_gln("7381039100002")
    assert not any(map(identifiers.is_gln, ("7381039100003", "738103910000", "")))
    assert identifiers.is_vat_number("SE212000156101")
    assert not any(map(identifiers.is_vat_number, ("SE2120001561", "212000156101", "SE212000156201")))
    assert identifiers.pretty_organisation_number("2120001561") == "212000-1561"


@pytest.mark.parametrize("pattern", [r"YY\d{1,6}", "Z[0-9]{5}", r"\d{9}|FM\d{4}", "[A-Z]{2}[0-9]?"])
def test_patterns_that_are_taken(pattern):
    assert reference_patterns.is_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["(a+)+", "a*", "a+", ".*", "[", "x{999}", r"\w", "a" * 81, "^a$", "?", "[9-0]"]
)
def test_patterns_that_could_go_on_for_ever_or_are_none(pattern):
    assert not reference_patterns.is_pattern(pattern)


def test_a_reference_is_held_against_its_pattern():
    reference_patterns.check("anything", pattern="", example="")
    reference_patterns.check("YY1234", pattern=r"YY\d{1,6}", example="YY1234")
    with pytest.raises(reference_patterns.ReferenceMissing) as missing:
        reference_patterns.check("", pattern=r"YY\d{1,6}", example="YY1234")
    assert "YY1234" in str(missing.value)
    for wrong in ("yy1234", "YY 1234", "YY", "YY1234567", "1"):
        with pytest.raises(reference_patterns.ReferenceWrong) as refused:
            reference_patterns.check(wrong, pattern=r"YY\d{1,6}", example="YY1234")
        assert wrong in str(refused.value)
