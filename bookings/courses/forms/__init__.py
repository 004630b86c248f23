"""The shape of what educators and planners write about courses; what is allowed is decided by the operations."""
