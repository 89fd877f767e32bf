xchange explain unknown-reference | head -17
