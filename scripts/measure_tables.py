"""Reports that scripts/measure left to docs/evaluation.md. Figures only: no text, date or machine.

usage: measure_tables.py FOLDER OUT.md
"""

import json
import sys
from pathlib import Path

SETS = ["sloppy-text", "news-text", "typed-blocks"]
# What the model in the program is measured on.
MODEL_SETS = ["seeds", "held-out"]
CURVE = ["250", "500", "750", "1000", "all"]
CURVE_SETS = [*SETS, "held-out"]
CONFUSIONS = 10

INTRO = """\
# Evaluation

How good the program is and how fast. `scripts/measure` writes this file; every table stands under the command that makes its figures.

The data, which cannot be passed on, are real: *sloppy-text*, articles as sloppy extractors store them; *news-text*, articles as crawlers stored them; *typed-blocks*, blocks of whole web pages, chosen for rare notices and common furniture, one to four blocks of context around each; *seeds*, four short texts. *held-out* stands in the repository (`tests/quality/held-out.csv`): 47 documents full of rare notices and hard cases, written for this project by someone who wrote none of the training data and saw none of it. Labels are those of [labels.md](labels.md). *training-data* is this project's own, written by hand, richer in boilerplate and hard cases than life.

**accuracy**: share of paragraphs with the right one of 17 labels. **macro F1**: mean F1 of the labels that occur. **Boilerplate**: every label but `body` and `heading`. **words lost**: share of the words of `body` and `heading` in paragraphs labelled boilerplate; words are separated by white space. **F1 at 0.5 % loss**: boilerplate F1 at the lowest threshold that loses no more on these very data, which compares models whose thresholds differ. Thresholds are held against a paragraph by its length ([README](../README.md#thresholds)). **ECE**: expected calibration error of the label's probability, 15 equal bins. **C4 rule**: a line is kept if it has five words or more and ends in a full stop, an exclamation or question mark or a closing quote. In brackets: 95 % intervals from resampled documents.
"""

KINDS = ["disclaimer", "fair_use", "copyright", "editorial_note", "byline", "author_bio", "contact"]

CROSS = """\
## On real articles

Cross-validated by publisher: every document is judged by a model that saw no page of its publisher, fitted on training-data and on the other publishers' documents. The model in the program is fitted on the same, in numbers, but for one thing: here the loose blocks of typed-blocks take part in the second pass too, there they do not ([ARCHITECTURE.md](../ARCHITECTURE.md), Documents in numbers), and on such blocks it is worse.
"""

EMBEDDED = """\
## The model in the program

Trained on training-data and on rows derived from sloppy-text, news-text and typed-blocks, so that these three cannot judge it; seeds and held-out can. Its card ([text.md](../models/text.md)) has its cross-validated figures.
"""

CURVE_TEXT = """\
## What more documents bring, and what derived rows are worth

Models that `train --data` makes from a part of the written documents, and from all of them, without derived rows; the last line is the model in the program. Each cell: accuracy at the model's own threshold, boilerplate F1 at 1 % of content words lost, which does not depend on it.
"""


def number(value, digits=3):
    return "-" if value is None else f"{value:.{digits}f}".replace("0.", ".", 1) if value < 1 else f"{value:.{digits}f}"


def percent(value):
    return "-" if value is None else f"{100 * value:.2f} %"


def interval(figure, show=number):
    if figure["low"] is None:
        return show(figure["value"])
    return f"{show(figure['value'])} ({show(figure['low'])}-{show(figure['high'])})"


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines) + "\n"


def command(*lines):
    return "```sh\n" + "\n".join(lines) + "\n```\n\n"


def at_aggressive(report):
    return next((p for p in report["sweep"]["points"] if p["aggressive"]), None)


def point(report, name, key):
    found = at_aggressive(report) if name == "aggressive" else report["sweep"][name]
    return None if found is None else found[key]


def overview(reports):
    def row(name, show):
        return [name, *(show(report) for report in reports.values())]

    def boilerplate(key, show=number, which="boilerplate"):
        return lambda report: interval(report[which][key], show)

    rows = [
        row("documents", lambda r: f"{r['size']['documents']:,}"),
        row("publishers", lambda r: f"{r['size']['publishers']:,}"),
        row("paragraphs", lambda r: f"{r['size']['paragraphs']:,}"),
        row("accuracy", lambda r: interval(r["accuracy"])),
        row("macro F1", lambda r: interval(r["macro_f1"])),
        row("boilerplate precision", boilerplate("precision")),
        row("boilerplate recall", boilerplate("recall")),
        row("boilerplate F1", boilerplate("f1")),
        row("words lost", boilerplate("content_words_lost_ratio", percent)),
        row("F1, `--aggressive`", lambda r: number(point(r, "aggressive", "f1"))),
        row("words lost, `--aggressive`", lambda r: percent(point(r, "aggressive", "content_words_lost_ratio"))),
        row("F1 at 0.5 % loss", lambda r: number(point(r, "max_loss", "f1"))),
        row("F1 at 1 % loss", lambda r: number(point(r, "max_loss_1_percent", "f1"))),
        row("best F1", lambda r: number(point(r, "best_f1", "f1"))),
        row("ECE", lambda r: number(r["label_calibration"]["ece"])),
        row("C4 rule: precision", boilerplate("precision", number, "c4_baseline")),
        row("C4 rule: recall", boilerplate("recall", number, "c4_baseline")),
        row("C4 rule: F1", boilerplate("f1", number, "c4_baseline")),
        row("C4 rule: words lost", boilerplate("content_words_lost_ratio", percent, "c4_baseline")),
    ]
    return table(["", *reports], rows)


def by_label(reports):
    labels = [kind["label"] for kind in next(iter(reports.values()))["kinds"]]
    rows = []
    for label in labels:
        cells = []
        for report in reports.values():
            kind = next(kind for kind in report["kinds"] if kind["label"] == label)
            cells.append(f"{number(kind['f1']['value'], 2)} ({kind['gold']:,})" if kind["gold"] else "-")
        rows.append([f"`{label}`", *cells])
    return "F1 by label, in brackets the number of paragraphs that people gave the label:\n\n" + table(
        ["label", *reports], rows
    )


def kinds_that_matter(pooled, held_out):
    def cell(report, label):
        kind = next(kind for kind in report["kinds"] if kind["label"] == label)
        if not kind["gold"]:
            return "-"
        return f"{interval(kind['f1'], lambda v: number(v, 2))} ({kind['gold']:,})"

    rows = [[f"`{label}`", cell(pooled, label), cell(held_out, label)] for label in KINDS]
    return (
        "The kinds that matter most to a reader of sources: F1 with intervals, in brackets the number of cases, on the "
        "three sets pooled (as above) and on held-out (the model in the program):\n\n"
        + table(["label", "three sets", "held-out"], rows)
    )


def curve(curves, held_out):
    def cell(report):
        return f"{number(report['accuracy']['value'])}, {number(point(report, 'max_loss_1_percent', 'f1'))}"

    rows = [[n, *(cell(reports[name]) for name in CURVE_SETS)] for n, reports in curves.items()]
    rows.append(["all, with derived rows", "-", "-", "-", cell(held_out)])
    derived = json.loads(Path("models/text.json").read_text(encoding="utf-8"))["provenance"]["derived"]
    last = curves[CURVE[-1]]
    without = ", ".join(f"{number(point(last[name], 'max_loss', 'f1'))} on {name}" for name in SETS[:2])
    return (
        CURVE_TEXT
        + "\n"
        + command("scripts/measure curve")
        + table(["documents", *CURVE_SETS], rows)
        + "The model in the program was fitted on rows of the three sets and cannot be judged on them; its card has what it "
        f"makes of them out of fold: on the whole documents of sloppy-text and news-text accuracy {number(derived['accuracy'])}, "
        f"boilerplate F1 {number(derived['boilerplate_f1'])} at {percent(derived['content_words_lost'])} of words lost. Without "
        f"derived rows F1 at 0.5 % is {without}.\n\n"
    )


def confusions(reports):
    text = ""
    for name, report in reports.items():
        wrong = report["size"]["paragraphs"] - sum(kind["right"] for kind in report["kinds"])
        rows = [
            [f"`{c['gold']}`", f"`{c['predicted']}`", c["n"], number(c["gold_ratio"], 2)]
            for c in report["confusions"][:CONFUSIONS]
        ]
        text += f"What the {wrong:,} errors on {name} are made of:\n\n"
        text += table(["people said", "the program said", "paragraphs", "of the label"], rows)
    return text


def ablation(reports):
    reports = {name: report for name, report in reports.items() if report["ablation"]}
    if not reports:
        return ""
    groups = [row["group"] for row in next(iter(reports.values()))["ablation"]]
    rows = []
    for index, group in enumerate(groups):
        cells = []
        for report in reports.values():
            row = report["ablation"][index]
            cells.append(f"{100 * row['difference']:+.2f}, {number(row['boilerplate_f1'])}")
        rows.append([group, *cells])
    return (
        "Without a group of features: points of accuracy won or lost, and boilerplate F1 (`--ablation`):\n\n"
        + table(["group", *reports], rows)
    )


def speed(figures):
    through, start, memory = figures["throughput"], figures["start_up"], figures["memory"]
    rows = [
        [f"`clean` on {through['bytes'] / 1e6:.0f} MB of JSONL, {through['documents']:,} documents, one thread: processor time by that of `LC_ALL=C wc -w`", f"{through['ratio']:.2f}"],
        ["start-up: `classify` on one short file, wall time", f"{1000 * start['median_seconds']:.0f} ms"],
        [f"peak memory: `clean` on a folder of {memory['files']:,} files, {memory['bytes'] / 1e9:.2f} GB, {memory['threads']} threads", f"{memory['peak_kilobytes'] / 1024:.0f} MB"],
    ]
    return (
        "## Speed and memory\n\n"
        + command("scripts/measure speed")
        + "On texts made from training-data. The first row is the median of 5 runs of each in turn, start-up the median of 20. "
        "Of these, the ratio is what another machine will see too.\n\n"
        + table(["", "measured"], rows)
    )


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def check_complete(folder: Path) -> None:
    """A report that is missing would take its section out of the document without a word."""
    needed = {
        "model": [f"model-{name}.json" for name in MODEL_SETS],
        "curve": [f"curve-{n}/{name}.json" for n in CURVE for name in CURVE_SETS],
        "cross-validate": ["own/training-data.json", "all/all-inputs-together.json"]
        + [f"all/shared-data-{name}-dev.jsonl.json" for name in SETS],
        "speed": ["speed.json"],
    }
    steps = [step for step, names in needed.items() if not all((folder / name).exists() for name in names)]
    if steps:
        sys.exit(f"measure_tables.py: {folder} lacks reports: run scripts/measure {' '.join(steps)} tables")


def main(folder: Path, out: Path) -> None:
    check_complete(folder)
    embedded = {name: read(folder / f"model-{name}.json") for name in MODEL_SETS}
    own = {"training-data": read(folder / "own" / "training-data.json")}
    real = {name: read(folder / "all" / f"shared-data-{name}-dev.jsonl.json") for name in SETS}
    pooled = read(folder / "all" / "all-inputs-together.json")
    curves = {n: {name: read(folder / f"curve-{n}" / f"{name}.json") for name in CURVE_SETS} for n in CURVE}
    files = [f"../shared/data/{name}/dev.jsonl" for name in SETS]

    text = INTRO + "\n" + CROSS + "\n"
    text += command(f"smallprint evaluate {' '.join(files)} --cross-validate --with-training-data")
    text += overview(real) + kinds_that_matter(pooled, embedded["held-out"]) + by_label(real) + confusions(real)
    text += ablation(real)
    text += EMBEDDED + "\n"
    text += command(
        "smallprint evaluate target/measure/seeds.jsonl   # made by scripts/measure_seeds.py",
        "smallprint evaluate tests/quality/held-out.csv",
    )
    text += overview(embedded) + by_label(embedded) + confusions(embedded)
    text += "## Cross-validated on training-data\n\n"
    text += command("smallprint evaluate training-data --cross-validate --folds 4   # as many as train takes")
    text += overview(own) + by_label(own) + confusions(own) + ablation(own)
    text += curve(curves, embedded["held-out"])
    text += speed(read(folder / "speed.json"))
    out.write_text(text.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
