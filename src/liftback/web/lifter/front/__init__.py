"""Before any account: landing, interview, emergency, answers."""
