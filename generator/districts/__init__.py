"""Districts: what lies in `items/districts/` laid over the city's items, and what is wrong with it."""
