"""Ways to change a correct integration, with what a comparison has to say of each."""
