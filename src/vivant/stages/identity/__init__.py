"""How the verify stage looks: whose face is where, which frames are compared, what is a fault."""
