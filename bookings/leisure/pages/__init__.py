"""The pages of leisure groups: of guardians, of leaders, of planners."""
