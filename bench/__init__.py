"""Speed and quality against the peers, on the benchmark data of a folder that the caller names."""
