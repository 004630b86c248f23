"""Alerts by mail: an indicator is behind, too few have booked, a week is not full; told once, with what to do about it."""
