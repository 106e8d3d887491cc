"""The live topic of a user's notices."""


def topic_of(user_id: int) -> str:
    """What the bell of a user listens to."""
    return f"notices:user:{user_id}"
