"""From seeds to a draft of their contract.

`statistics` counts, `survey` reads the seeds and adds the counts up, `shapes` finds what is in
several places, `draft` decides what it all means.
"""
