"""Where tables live: a city folder, DuckDB, PostgreSQL, Spark; connect, read, write, nothing else."""
