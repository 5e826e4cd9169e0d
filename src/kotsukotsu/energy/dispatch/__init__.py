"""Dispatch and size of a site's equipment: one linear programme, built as arrays, solved by HiGHS."""
