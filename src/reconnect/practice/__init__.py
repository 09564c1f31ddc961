"""Put together: what is next, for whom, and how it is going."""
