"""Reading a school's own papers: a roadmap from Word or Excel, a regulation from Word. Pure functions, no database."""
