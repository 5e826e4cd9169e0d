"""City folders to try the program on, and the scripts that made them."""
