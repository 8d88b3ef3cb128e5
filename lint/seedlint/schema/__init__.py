"""The contract: loading it, checking data against it, saying what is wrong."""
