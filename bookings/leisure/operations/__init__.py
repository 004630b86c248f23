"""The verbs of leisure groups; import the module, never the bare verb.

enrolling: request, confirm, change, leave · drawing: hold the draw, rerun it · places: count, and let the waiting list in ·
fees: how the fee is paid · payments: what a payment does · planning: groups and their meetings · attending: the list of a
meeting, and whom to call · telling: absences and messages · tidying: what the clock does.
"""
