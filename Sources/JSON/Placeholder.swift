// The seam of this target is being written.
