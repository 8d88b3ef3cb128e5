"""The contract: loading it, holding data against it, saying what is wrong."""
