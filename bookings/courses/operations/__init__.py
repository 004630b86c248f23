"""The verbs of courses; import the module, never the bare verb.

registering: request, confirm, change who comes, cancel, tidy · places: count, and let the waiting list in ·
planning: rounds and their days · attending: the list of a day ·
material: what is handed out afterwards · wishes: a course of a school's own.
"""
