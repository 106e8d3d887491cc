"""The organisation: trust > region > PDU > team > practitioner, and the staff directory."""
