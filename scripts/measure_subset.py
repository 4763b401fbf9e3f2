"""The first N documents of training-data/, in the order of a hash of their names, as one CSV.

usage: measure_subset.py N OUT.csv      N may be `all`
"""

import csv
import hashlib
import sys
from pathlib import Path


def main(n: str, out: Path) -> None:
    documents, header = {}, None
    for path in sorted(Path("training-data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            header = next(rows)
            for row in rows:
                documents.setdefault(row[0], []).append(row)
    names = sorted(documents, key=lambda name: hashlib.sha256(name.encode()).digest())
    chosen = names if n == "all" else names[: int(n)]
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for name in chosen:
            writer.writerows(documents[name])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
