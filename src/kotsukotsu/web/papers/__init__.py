"""Documents of a publication: the city's prose, drafts made in the background, comments, and what is frozen."""
