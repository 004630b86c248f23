"""The verbs of conferences, by what they are about: `catalogue`, `reserving`, `changing`; `payments` is what an order's fate does."""
