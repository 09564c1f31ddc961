"""Who: persons and circles. It knows nothing of what they write or agree."""
