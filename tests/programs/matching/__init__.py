"""The solver against brute force."""
