"""One file per kind of rule. Each `find` answers the candidates of one rule."""
