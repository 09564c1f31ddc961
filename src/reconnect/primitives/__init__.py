"""One room for each idea of the practice."""
