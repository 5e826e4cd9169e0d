"""PDF through Typst: a document becomes calls of functions with strings, never markup."""
