"""A synthetic trust: invented people and places in the shape of a real service, made through the real doors."""
