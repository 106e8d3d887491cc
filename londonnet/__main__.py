"""`python -m londonnet` is the `londonnet` command."""

from londonnet.config.cli import main

if __name__ == "__main__":
    main()
