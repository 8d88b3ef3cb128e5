"""`python -m seedlint`."""

from seedlint.cli.main import main

if __name__ == "__main__":
    main()
