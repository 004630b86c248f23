"""The verbs of reach: invite."""
