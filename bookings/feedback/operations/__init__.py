"""The verbs of feedback: ask, answer, strike out."""
