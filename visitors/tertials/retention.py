"""What is reported to the board is an official document about figures, and is kept."""

from navet.retention import rules

rules.exempt(
    "tertials.Comment",
    "what management reports to the board about a figure; never changed, names nobody",
    "comment",
    "action",
)
rules.exempt(
    "tertials.Issue",
    "figures and what is reported about them, as given to the board; never changed",
    "data",
    "pdf_sv",
    "pdf_en",
)
