"""What the Tab key offers: the line that is typed, the values that fit, and how each shell wants them written.

A shell starts the program for every Tab, so nothing is checked and little is imported here.
"""
