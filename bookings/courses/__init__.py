"""Courses for educators: what is offered, its rounds of days, who is registered, and who was there."""
