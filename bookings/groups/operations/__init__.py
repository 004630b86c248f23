"""The verbs of groups; import the module, never the bare verb.

booking: request, confirm, cancel, call off, tidy · receiving: a group that comes without a booking · planning: prices.
"""
