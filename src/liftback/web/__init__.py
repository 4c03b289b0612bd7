"""What you see: the pages of the lifter and of the clinic. Views read a request, call one verb, and render."""
