"""A hash at the least cost: the real one is slow on purpose, and nobody guesses passwords here."""

from journal.people import hashers


class Argon2PasswordHasher(hashers.Argon2PasswordHasher):
    time_cost, memory_cost = 1, 8
