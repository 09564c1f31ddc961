"""Ground floor: time. It knows nothing of people."""
