"""Places: which spans name one, and which one."""
