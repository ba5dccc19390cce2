"""Work around the hall that is no rendering: packs for its machines, comparing what they show, printing."""
