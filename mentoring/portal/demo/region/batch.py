"""Rows of a municipality on their way to the database."""

from collections import defaultdict

SIZE = 2000


class Batch:
    """Collects rows and writes them by model, in the order in which models came.

    A row may point at one that is collected before it: `bulk_create` takes the key from the linked object.
    """

    def __init__(self):
        self.rows: dict[type, list] = defaultdict(list)

    def add(self, row):
        self.rows[type(row)].append(row)
        return row

    def write(self) -> int:
        """Write what is collected and begin anew; returns the number of rows."""
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows, batch_size=SIZE)
        number = sum(map(len, self.rows.values()))
        self.rows.clear()
        return number
