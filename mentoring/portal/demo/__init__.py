"""The demo: five invented schools and the authority over them, built by the same services that the pages call."""

PASSWORD = "nastavnik-demo"
SCHOOLS = ("solnyshko", "licey-45", "ddt", "school-21", "ds-127")
ORGANIZATIONS = (*SCHOOLS, "ministry")
