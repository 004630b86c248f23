"""The shape of what guardians, leaders and planners write about leisure groups; what is allowed is decided by the operations."""
