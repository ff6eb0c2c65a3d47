"""Django's PostgreSQL backend, by which a process never waits for the database without a limit."""
