"""The tables, one file for each kind of thing kept. Rows are dumb: nothing here queries or thinks."""
