"""Targets, projections, measures and indicators as tables and charts, for pages, workbooks and documents."""
