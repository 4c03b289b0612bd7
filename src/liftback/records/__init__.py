"""What we keep: the only tables, and the only functions that write and read them."""
