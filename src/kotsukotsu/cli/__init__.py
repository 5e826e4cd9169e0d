"""The command line: one file for each command; it shows results and computes none."""
