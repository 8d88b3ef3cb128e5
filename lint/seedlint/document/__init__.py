"""From text to data: the fence, the guarded parse, and the way back from data to characters."""
