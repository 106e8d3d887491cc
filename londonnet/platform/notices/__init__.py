"""Messages to staff: mail, or an outbox where there is none."""
