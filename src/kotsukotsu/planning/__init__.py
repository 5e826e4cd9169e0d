"""What shall we do: targets, paths to them, measures, their costs, and which to choose."""
