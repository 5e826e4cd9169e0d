"""Word through Pandoc: a document becomes Pandoc's own tree, in which every text is a text."""
