"""What we promise about the speed of the clinic's side: worklist, free times, forms taken in, due times."""
