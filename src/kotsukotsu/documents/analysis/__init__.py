"""An analysis as a document places it: charts, tables, page, workbook and data, pure functions of a view."""
