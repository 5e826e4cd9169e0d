"""What a year's report and the public site both tell: goals, measures, factors in use, corrections, opinions."""
