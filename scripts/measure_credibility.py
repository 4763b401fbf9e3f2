"""How fast `credibility` reads articles, on one thread: megabytes of text a second of processor time.

usage: measure_credibility.py PROGRAM [FILE.jsonl]

Articles are ten body paragraphs each, drawn (seed 1) from training-data/ or, where a file is named,
ten following ones of its documents of labelled paragraphs (as in ../shared/data/news-text/dev.jsonl),
again from the start when it ends. The median of 5 runs, of 1,000 articles and of 10,000; reading the
model counts, and weighs less in the latter. Linux and macOS.
"""

import csv
import itertools
import json
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from measure_speed import run  # noqa: E402

PARAGRAPHS = 10
RUNS = 5


def written() -> Iterator[list[str]]:
    """Endless articles of the body paragraphs of training-data/."""
    bodies = []
    for path in sorted(Path("training-data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            bodies += [row["text"] for row in csv.DictReader(file) if row["label"] == "body"]
    draw = random.Random(1)
    while True:
        yield draw.sample(bodies, PARAGRAPHS)


def real(path: Path) -> Iterator[list[str]]:
    """Endless articles of a labelled file."""
    articles = []
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            body = [p["text"] for p in json.loads(line)["paragraphs"] if p["label"] == "body"]
            starts = range(0, len(body) - PARAGRAPHS + 1, PARAGRAPHS)
            articles += [body[start : start + PARAGRAPHS] for start in starts]
    return itertools.cycle(articles)


def main(program: str, file: str | None) -> None:
    for count in (1000, 10_000):
        articles = real(Path(file)) if file else written()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "articles.jsonl"
            size = 0
            with path.open("w", encoding="utf-8", newline="\n") as out:
                for number, paragraphs in enumerate(itertools.islice(articles, count)):
                    text = "\n\n".join(paragraphs)
                    size += len(text.encode())
                    out.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
            command = [program, "credibility", path, "--format", "jsonl", "--quiet", "--threads", "1"]
            seconds = statistics.median(run(command)[0] for _ in range(RUNS))
        rate = size / seconds / 1e6
        print(f"{count} articles, {size / count:.0f} bytes each: {seconds:.3f} s, {rate:.1f} MB/s")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
