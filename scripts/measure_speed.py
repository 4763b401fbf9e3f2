"""Time and memory of the program, as JSON: ratios first, since machines differ.

usage: measure_speed.py PROGRAM OUT.json [MB_OF_FOLDER]

The texts are made from training-data/ in random order (seed 1), in documents of 3 to 8 kB, in the
proportions of real articles with leftover boilerplate (sloppy-text: 63 % body of 237 bytes in the mean,
14 % headings, 23 % boilerplate): body paragraphs of some sentences each, which hardly ever come
together twice, and the other paragraphs as they are. Processor time is user and system time of the child, the median of 5 runs, program and `wc`
in turn. Linux and macOS.
"""

import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

JSONL_BYTES = 100_000_000
FOLDER_MB = 1000
FILES_A_FOLDER = 1000
RUNS = 5
STARTS = 20
SHORT_FILE = "examples/articles/ferry.txt"


SHARES = {"body": 63, "heading": 14, "boilerplate": 23}
BODY_BYTES = 200


def paragraphs() -> dict[str, list[str]]:
    """Sentences of body paragraphs, headings, and boilerplate."""
    texts = {kind: [] for kind in SHARES}
    for path in sorted(Path("training-data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["label"] == "body":
                    texts["body"] += row["text"].replace(". ", ".\n").split("\n")
                else:
                    kind = "heading" if row["label"] == "heading" else "boilerplate"
                    texts[kind].append(" ".join(row["text"].split()))
    return texts


def paragraph(texts: dict[str, list[str]], draw: random.Random) -> str:
    kind = draw.choices(list(SHARES), list(SHARES.values()))[0]
    if kind != "body":
        return draw.choice(texts[kind])
    sentences, size = [], draw.uniform(0.2, 1.8) * BODY_BYTES
    while size > 0:
        sentences.append(draw.choice(texts[kind]))
        size -= len(sentences[-1]) + 1
    return " ".join(sentences)


def documents(texts: dict[str, list[str]]):
    """Endless documents of 3 to 8 kB, a paragraph a line."""
    draw = random.Random(1)
    while True:
        size, lines = draw.randint(3000, 8000), []
        while size > 0:
            lines.append(paragraph(texts, draw))
            size -= len(lines[-1].encode()) + 1
        yield "\n".join(lines) + "\n"


def run(command: list, env: dict | None = None):
    """Processor seconds, wall seconds and peak kilobytes of a command that must succeed."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {child.returncode}")
    # macOS counts bytes, Linux kilobytes.
    peak = usage.ru_maxrss // 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return usage.ru_utime + usage.ru_stime, wall, peak


def check_answer(program: str, path: Path, n_documents: int, n_words: int) -> None:
    """Every document comes back, and every word is kept or accounted for."""
    found_documents = found_words = 0
    command = [program, "clean", path, "--format", "jsonl", "--quiet", "--threads", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as child:
        for line in child.stdout:
            record = json.loads(line)
            found_documents += 1
            found_words += record["kept"]["words"]
            found_words += sum(count["words"] for count in record["dropped"].values())
    if (found_documents, found_words) != (n_documents, n_words):
        sys.exit(
            f"clean: {found_documents} documents, {found_words} words; "
            f"expected {n_documents}, {n_words}"
        )


def throughput(program: str, texts: dict, folder: Path) -> dict:
    path = folder / "crawl.jsonl"
    size = n_documents = n_words = text_bytes = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, text in enumerate(documents(texts)):
            line = json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n"
            file.write(line)
            size += len(line.encode())
            text_bytes += len(text.encode())
            n_words += len(text.split())
            n_documents += 1
            if size >= JSONL_BYTES:
                break
    check_answer(program, path, n_documents, n_words)
    clean = [program, "clean", path, "--format", "jsonl", "--quiet", "--threads", "1"]
    c_locale = {**os.environ, "LC_ALL": "C"}
    ours, wc = [], []
    for _ in range(RUNS):
        wc.append(run(["wc", "-w", path], c_locale)[0])
        ours.append(run(clean)[0])
    path.unlink()
    ours, wc = statistics.median(ours), statistics.median(wc)
    return {
        "bytes": size,
        "text_bytes": text_bytes,
        "documents": n_documents,
        "clean_cpu_seconds": ours,
        "wc_cpu_seconds": wc,
        "ratio": ours / wc,
    }


def start_up(program: str) -> dict:
    walls = [run([program, "classify", SHORT_FILE])[1] for _ in range(STARTS)]
    return {"file": SHORT_FILE, "median_seconds": statistics.median(walls)}


def memory(program: str, texts: dict, folder: Path, megabytes: int) -> dict:
    root = folder / "texts"
    size = number = 0
    for number, text in enumerate(documents(texts)):
        if size >= megabytes * 1_000_000:
            break
        inner = root / f"{number // FILES_A_FOLDER:05}"
        inner.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        (inner / f"{number:07}.txt").write_bytes(data)
        size += len(data)
    cpu, wall, peak = run([program, "clean", root, "--input-format", "text", "--quiet", "--threads", "2", "--output", "/dev/null"])
    return {"bytes": size, "files": number, "threads": 2, "peak_kilobytes": peak, "wall_seconds": wall}


def main(program: str, out: Path, megabytes: int) -> None:
    texts = paragraphs()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        result = {"throughput": throughput(program, texts, folder), "start_up": start_up(program)}
        result["memory"] = memory(program, texts, folder, megabytes)
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else FOLDER_MB)
