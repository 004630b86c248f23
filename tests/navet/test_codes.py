"""Codes survive being read aloud, typed and printed."""

from hypothesis import given
from hypothesis import strategies as st

from navet import codes

CODES = st.text(codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH)


def test_new_codes_are_codes_and_differ():
    made = {codes.new_code() for _n in range(1000)}

    assert len(made) == 1000
    assert all(codes.is_code(code) for code in made)


@given(CODES)
def test_a_code_printed_and_typed_back_in_small_letters_is_the_same(code):
    assert codes.normalise(f" {codes.pretty(code).lower()} ") == code


@given(CODES)
def test_letters_that_look_alike_are_read_as_what_was_meant(code):
    typed = code.replace("1", "l").replace("0", "O")

    assert codes.normalise(typed) == code


@given(st.text())
def test_normalise_is_settled_after_once_for_what_is_a_code(text):
    code = codes.normalise(text)

    assert not codes.is_code(code) or codes.normalise(code) == code


@given(st.text())
def test_is_code_takes_ten_letters_of_the_alphabet_only(text):
    assert codes.is_code(text) == (len(text) == 10 and set(text) <= set(codes.ALPHABET))


def test_a_pin_is_six_digits():
    assert all(len(pin) == 6 and pin.isdigit() for pin in (codes.new_pin() for _n in range(100)))
