"""The four seed texts as labelled JSONL on standard output: a paragraph a non-empty line.

usage: measure_seeds.py FOLDER      a folder with labels.json and the texts it names
"""

import json
import sys
from pathlib import Path


def main(folder: Path) -> None:
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    for name, wanted in sorted(labels.items()):
        text = (folder / name).read_text(encoding="utf-8")
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if len(lines) != len(wanted):
            sys.exit(f"{folder / name}: {len(lines)} lines, expected {len(wanted)} as labels.json has labels")
        paragraphs = [{"text": line, "label": label} for line, label in zip(lines, wanted)]
        print(json.dumps({"id": name, "publisher": name, "paragraphs": paragraphs}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
