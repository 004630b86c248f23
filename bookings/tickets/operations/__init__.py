"""The verbs of tickets; import the module, never the bare verb.

booking: request, confirm, cancel, tidy · selling: at the desk · planning: events and their slots. `places` counts.
"""
