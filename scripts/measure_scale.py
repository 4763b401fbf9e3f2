"""Throughput, scaling and memory over large inputs, printed as Markdown.

usage: measure_scale.py PROGRAM [largest input in GB, 4]

Texts are those of measure_speed.py. All figures are of one run on one machine; ratios are what to
trust. Processor time is user and system time of the child, wall time is that of the call; medians of
5 runs, in turn with what they are compared with, but for inputs of a gigabyte and more: one run. Files
go to a temporary folder under target/. Linux.

Where ../shared/data is at hand, its web pages are made into a WARC file too.
"""

import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import measure_speed

RUNS = 5
BLOCK = 100_000_000
SHARED = Path("../shared/data")
PAGES = ["wcxb-dev/html", "newspaper-pages/html"]
C_LOCALE = {**os.environ, "LC_ALL": "C"}


def run(command: list, stdin=None, env=None):
    """Processor seconds, wall seconds and peak megabytes of a command that must succeed."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {child.returncode}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024


def repeated(command: list, block: Path, times: int):
    """The same with a file several times over as standard input."""
    feeder = "import shutil, sys\nfor _ in range(int(sys.argv[2])):\n    shutil.copyfileobj(open(sys.argv[1], 'rb'), sys.stdout.buffer, 1 << 20)"
    cat = subprocess.Popen([sys.executable, "-c", feeder, block, str(times)], stdout=subprocess.PIPE)
    result = run(command, stdin=cat.stdout)
    cat.stdout.close()
    cat.wait()
    return result


def medians(runs: list) -> list:
    return [statistics.median(values) for values in zip(*runs)]


def write_inputs(folder: Path) -> dict:
    """JSONL, a folder of files and WET (one gzip member a record) with the same documents."""
    texts = measure_speed.paragraphs()
    paths = {name: folder / name for name in ["10.jsonl", "100.jsonl", "100.warc.wet.gz", "files"]}
    size = 0
    with (
        paths["10.jsonl"].open("w", encoding="utf-8", newline="\n") as small,
        paths["100.jsonl"].open("w", encoding="utf-8", newline="\n") as large,
        paths["100.warc.wet.gz"].open("wb") as wet,
    ):
        for number, text in enumerate(measure_speed.documents(texts)):
            line = json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n"
            large.write(line)
            if size < BLOCK // 10:
                small.write(line)
            data = text.encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"WARC-Target-URI: https://site{number % 1000}.example/{number}\r\n"
                f"Content-Type: text/plain\r\nContent-Length: {len(data)}\r\n\r\n"
            )
            wet.write(gzip.compress(head.encode() + data + b"\r\n\r\n", 1))
            inner = paths["files"] / f"{number // 1000:03}"
            inner.mkdir(parents=True, exist_ok=True)
            (inner / f"{number:06}.txt").write_bytes(data)
            size += len(line.encode())
            if size >= BLOCK:
                return paths


def write_warc(path: Path) -> tuple[int, int]:
    """The pages of the shared sets as responses; bytes of HTML and pages."""
    size = number = 0
    with path.open("wb") as warc:
        for folder in PAGES:
            for page in sorted((SHARED / folder).glob("*.gz")):
                html = gzip.decompress(page.read_bytes())
                body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
                head = (
                    f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                    f"WARC-Target-URI: https://site.example/{number}\r\n"
                    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
                )
                warc.write(gzip.compress(head.encode() + body + b"\r\n\r\n", 6))
                size += len(html)
                number += 1
    return size, number


def cores() -> str:
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return f"{model[0].split(':')[1].strip() if model else platform.machine()}, {os.cpu_count()} threads"


def main(program: str, largest: int) -> None:
    def clean(threads: int, *inputs) -> list:
        return [program, "clean", *inputs, "--format", "jsonl", "--quiet", "--threads", str(threads)]

    Path("target").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir="target") as name:
        folder = Path(name)
        paths = write_inputs(folder)
        size = paths["100.jsonl"].stat().st_size
        megabytes = size / 1e6
        print(f"{time.strftime('%Y-%m-%d')}, {cores()}, load {os.getloadavg()[0]:.1f} at the start\n")

        print("| text to clean text | processor MB/s | to `wc -w` on the same bytes |\n| --- | --- | --- |")
        files = [paths["files"], "--input-format", "text"]
        names = "\0".join(str(p) for p in sorted(paths["files"].rglob("*.txt")))
        (folder / "names").write_text(names)
        wc = {"JSONL": ["wc", "-w", paths["100.jsonl"]], "folder": ["wc", "-w", f"--files0-from={folder / 'names'}"]}
        for kind, command in [("JSONL", clean(1, paths["100.jsonl"])), ("folder", clean(1, *files))]:
            pairs = [(run(command)[0], run(wc[kind], env=C_LOCALE)[0]) for _ in range(RUNS)]
            ours, theirs = medians(pairs)
            print(f"| {kind}, one thread | {megabytes / ours:.0f} | {theirs / ours:.2f} |")

        # Four times the file, so that starting up does not weigh; nothing is remembered between documents.
        four = [paths["100.jsonl"]] * 4
        one, two = medians([(run(clean(1, *four))[1], run(clean(2, *four))[1]) for _ in range(RUNS)])
        print(f"\nTwo threads: {one / two:.2f} times one (wall time, {4 * megabytes:.0f} MB of JSONL).\n")

        print("| input | GB | processor seconds a GB | peak MB |\n| --- | --- | --- | --- |")
        small = medians([run(clean(2, paths["10.jsonl"])) for _ in range(RUNS)])
        print(f"| JSONL | 0.01 | {small[0] / (paths['10.jsonl'].stat().st_size / 1e9):.1f} | {small[2]:.0f} |")
        for block in ["100.jsonl", "100.warc.wet.gz"]:
            kind = "JSONL" if block.endswith("jsonl") else "WET, gzip"
            flags = [] if kind == "JSONL" else ["--input-format", "warc"]
            for times in [1, 10, largest * 10]:
                runs = RUNS if times == 1 else 1
                cpu, _, peak = medians([repeated(clean(2, "-", *flags), paths[block], times) for _ in range(runs)])
                print(f"| {kind} | {times * size / 1e9:.1f} | {cpu / (times * size / 1e9):.1f} | {peak:.0f} |", flush=True)
                if times == 1 and kind != "JSONL":
                    wet_rate = size / cpu
        packed = paths["100.warc.wet.gz"].stat().st_size
        rates = [("WET", wet_rate, packed / size)]
        if SHARED.is_dir():
            warc = folder / "pages.warc.gz"
            html, pages = write_warc(warc)
            cpu, _, peak = medians([run(clean(2, warc)) for _ in range(RUNS)])
            print(f"| WARC, gzip, {pages:,} pages | {html / 1e9:.2f} | {cpu / (html / 1e9):.1f} | {peak:.0f} |")
            rates.append(("WARC", html / cpu, warc.stat().st_size / html))
        print("\n| a crawl of 100 TB | CPU hours, unpacked bytes | CPU hours, gzipped bytes |\n| --- | --- | --- |")
        for kind, rate, share in rates:
            print(f"| {kind} | {1e14 / rate / 3600:,.0f} | {1e14 / share / rate / 3600:,.0f} |")
        shutil.rmtree(paths["files"])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 4)
