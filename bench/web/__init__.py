"""What we promise about the speed of pages, measured with 10,000 lifters of a year each."""
