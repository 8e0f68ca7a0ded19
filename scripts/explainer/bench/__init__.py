"""What things cost: printed as times and ratios, nothing asserted."""
