"""The pages that join a lifter and a clinic, in a browser of the tests."""
