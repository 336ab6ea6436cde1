"""What NumPy makes: shapes (symbolic where unknown), kinds of dtype, and what broadcasting and reshaping refuse."""
