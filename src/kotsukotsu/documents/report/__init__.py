"""The yearly report (年次報告書): figures under their names, texts filled with them, sheets to print."""
