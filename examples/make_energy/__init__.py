"""Makers of the example sites of energy: totals as printed in plans, shapes synthetic."""
