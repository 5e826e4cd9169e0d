"""The proof: rows, factors and a small script with which anybody computes the published totals again."""
