"""The same reads and writes for other programs."""
