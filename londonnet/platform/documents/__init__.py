"""Documents that leave the house: exports of lists."""
