"""What a change shows: values, lines and conditions as people read them."""
