"""Drawings for a printed page, at the width of its text: charts by year, bars, lines, and schemes without numbers."""
