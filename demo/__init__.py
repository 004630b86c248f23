"""A plausible year at Navet, made up around today: for trying the system, never for real figures."""
