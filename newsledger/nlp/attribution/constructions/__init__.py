"""The constructions of attribution, one file a family: each lists what may be an attribution, with
structural features."""
