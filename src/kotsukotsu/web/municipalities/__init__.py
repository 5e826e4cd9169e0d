"""The city's tables in the database, as the city folder has them."""
