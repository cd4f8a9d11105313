"""From source files to the model: decode, cut into blocks, read fields, lists and tables into units."""
