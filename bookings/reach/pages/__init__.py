"""The pages of reach."""
