"""The suite of the project; a package, so that tests share the tester and the table of cases."""
