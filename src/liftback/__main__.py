"""Run the command line as `python -m liftback`."""

from liftback.cli import main

if __name__ == "__main__":
    main()
