"""The forms of exports: a module with `PURPOSE` and `export` is one, found by its name."""
