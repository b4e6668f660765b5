"""Clean and leaky runs made by real test tools, and what leakgate makes of them."""
