"""A reorganisation (組織改編) in one guided step: asked for, looked at, carried out on its day."""
