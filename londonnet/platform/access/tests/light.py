"""Passwords in tests: the same algorithm as in the product, with less to do, for tests send hundreds of them."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LightHasher(Argon2PasswordHasher):
    """Argon2 with little time and memory."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1
