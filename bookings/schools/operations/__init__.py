"""The verbs of school programmes, by noun; import the module, never the bare verb.

booking: request, confirm · changing: change, final count, move, cancel · waiting: the queue and its offers ·
reminders · following: what a planner's decision means for those who booked · sessions, series, foresight: planning.
`places` counts, `parties` holds what they share, `refusals` says no.
"""
