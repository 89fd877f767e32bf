"""What `scripts/stress.py` does: each part prints what it did, and gives the faults that it found."""
