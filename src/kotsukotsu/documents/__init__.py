"""What leaves the office: workbook, page, data; made from inventories, never computing a factor themselves."""
