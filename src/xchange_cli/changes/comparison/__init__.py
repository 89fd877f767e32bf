"""What differs between two integrations, found without a judgement."""
