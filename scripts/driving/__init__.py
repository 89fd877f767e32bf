"""What `drive.py` is made of: stand-ins for the world around a flow, and runs of flows with them."""
