"""A facility on one page (施設カルテ): the same figures for the sheet to print, the workbook and the public page."""
