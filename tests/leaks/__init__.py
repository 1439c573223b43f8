"""Does anything of one school reach another: `make leaks`; short forms of each part run in `tests/guards`."""
