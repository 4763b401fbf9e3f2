"""The tools in Python, in one process that does what it is told, a JSON object a line.

On start it writes `{"tools": [{"name", "version", "slow"}, ...]}`. Then it answers
`{"extract": PATH}` with `{"texts": [TEXT or null], "errors": [null or MESSAGE]}`, one a tool;
`{"load": [PATH, ...]}`, pages to be timed, with `{"bytes": N}`;
`{"time": TOOL}`, the tool's number, with `{"seconds": S, "answer": N}`: processor time of this
thread for all loaded pages, and the characters of all texts.
"""

import gzip
import json
import logging
import os
import sys
import time
from importlib.metadata import version

from resiliparse.extract.html2text import extract_plain_text
from trafilatura import extract


def trafilatura(source: str) -> str | None:
    return extract(source, include_comments=False)


def resiliparse(source: str) -> str | None:
    return extract_plain_text(source, main_content=True, alt_texts=False)


# Name, package, whether it gets fewer rounds, function.
TOOLS = [
    ("trafilatura", "trafilatura", True, trafilatura),
    ("Resiliparse", "Resiliparse", False, resiliparse),
]


def read(path: str) -> str:
    with gzip.open(path) as file:
        return file.read().decode("utf-8", "replace")


def attempt(function, source: str) -> tuple[str | None, str | None]:
    """Text and error; a page that gives no text has neither."""
    try:
        return function(source), None
    except Exception as error:  # any failure is the tool's, on this page alone
        return None, f"{type(error).__name__}: {error}"


def run_extract(path: str) -> dict:
    source = read(path)
    results = [attempt(function, source) for _, _, _, function in TOOLS]
    return {"texts": [text for text, _ in results], "errors": [error for _, error in results]}


def run_time(function, sources: list[str]) -> dict:
    answer = 0
    started = time.thread_time()
    for source in sources:
        text, _ = attempt(function, source)
        answer += len(text or "")
    return {"seconds": time.thread_time() - started, "answer": answer}


def main() -> None:
    logging.disable(logging.CRITICAL)
    # A tool that prints must not be taken for an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def answer(value: dict) -> None:
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    answer({"tools": [{"name": n, "version": version(p), "slow": s} for n, p, s, _ in TOOLS]})
    sources: list[str] = []
    for line in sys.stdin:
        order = json.loads(line)
        if "extract" in order:
            answer(run_extract(order["extract"]))
        elif "load" in order:
            sources = [read(path) for path in order["load"]]
            answer({"bytes": sum(len(source.encode()) for source in sources)})
        else:
            answer(run_time(TOOLS[order["time"]][3], sources))


if __name__ == "__main__":
    main()
