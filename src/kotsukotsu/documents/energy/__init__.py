"""Studies of the city's own energy: one page, one workbook, one body of data for each, made from the same tables."""
