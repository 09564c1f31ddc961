"""Words: every sentence of the library lives in a locale pack, and is said here."""
