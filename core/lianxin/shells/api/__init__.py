"""What other systems are told of this site: one document of all that they may ask."""
