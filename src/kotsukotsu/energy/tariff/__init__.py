"""Tariffs as dated data and small pure functions: what a half-hour costs, and what the month's maximum does."""
