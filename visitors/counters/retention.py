"""The counters at the doors count heads: nothing of theirs is about a person."""

from navet.retention import rules

rules.exempt("counters.Counter", "about a device and its door; the user is the device's own")
rules.exempt("counters.Delivery", "heads and times, as the device sent them")
rules.exempt("counters.Reading", "the number of a line of a device", "line")
rules.exempt("counters.Factor", "an official decision on a figure, with its reason; never changed", "reason")
rules.exempt(
    "counters.Correction",
    "an official decision on a figure, with its reason; never changed",
    "reason",
    "taken_back_reason",
)
