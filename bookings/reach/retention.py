"""Invitations hold no person: the contact is a row of the directory, with a rule of its own, and goes from here with it."""

from navet.retention import rules

rules.exempt("reach.Invitation", "the name of a term", "term")
