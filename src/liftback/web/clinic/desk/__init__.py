"""The desk: the worklist, one request, the brief."""
