"""Leisure groups: clubs for a term and camps, the draw among those who applied, the lists of who is there, the fee."""
