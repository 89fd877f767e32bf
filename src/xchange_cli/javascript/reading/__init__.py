"""What an author's JavaScript says, read from its syntax: nothing here runs code.

Code that cannot be understood for sure is never judged: each question has an answer for "unknown".
"""
