"""Where there is room for more: places offered, held, free and used, of every line that has places (docs/capacity.md)."""
