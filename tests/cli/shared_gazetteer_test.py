#!/usr/bin/env python3
"""Builds a gazetteer of the Korean tables beside the checkout and looks up the marked pairs of spellings in it. Exit 77 where they aren't there. Usage: shared_gazetteer_test.py DEMARC SHARED"""
import csv
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

DEMARC, SHARED = sys.argv[1], pathlib.Path(sys.argv[2])
LEAST_FIRST, LEAST_FIVE = 0.92, 0.97
# One character in its old, new and simplified forms.
SAME = str.maketrans("靑淸黃寧龜敎鎭尙豊厦", "青清黄寧龜教鎮尚豊廈")


def fold(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub("[^a-z]", "", text.lower().replace("đ", "d"))


def is_right(hit, pair):
    names = hit["names"] + [hit["name"]]
    if pair["han"] and any(n.translate(SAME).startswith(pair["han"].translate(SAME)) for n in names):
        return True
    wanted = [fold(part) for part in re.split(r"[/(),]", pair["canonical"]) if fold(part)]
    same = any(fold(n) in wanted for n in names) or (not pair["han"] and hit["id"].endswith(wanted[0]))
    # Of two places of one reading the characters decide.
    return same and (not pair["han"] or hit["id"].startswith("cn-") or not any(re.search("[\u4e00-\u9fff]", n) for n in names))


def main():
    pairs = SHARED / "data" / "names" / "pairs-dev.tsv"
    if not pairs.exists():
        return 77
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for table in ("korea-places.tsv", "korea-names.tsv"):
            path = pathlib.Path(folder) / table
            path.write_bytes(gzip.decompress((SHARED / "data" / "gaz" / (table + ".gz")).read_bytes()))
            sources.append(path)
        sources.append(SHARED / "data" / "gaz" / "korea-curated.tsv")
        index = pathlib.Path(folder) / "korea.gaz"
        told = subprocess.run([DEMARC, "gazetteer", "build", *map(str, sources), "-o", str(index)], capture_output=True, text=True, check=True).stdout
        taken = int(re.search(r"korea-places.tsv: \d+ rows, (\d+) taken", told).group(1))
        first = five = count = 0
        with open(pairs, encoding="utf-8") as rows:
            for pair in csv.DictReader(rows, delimiter="\t"):
                found = subprocess.run([DEMARC, "gazetteer", "search", pair["variant"], "--gazetteer", "builtin", "--gazetteer", str(index), "--json"], capture_output=True, text=True, check=True)
                ranks = [i for i, hit in enumerate(json.loads(found.stdout)) if is_right(hit, pair)]
                count += 1
                first += bool(ranks) and ranks[0] == 0
                five += bool(ranks) and ranks[0] < 5
    print(f"{taken} places; {count} pairs, {first} first ({first / count:.3f}), {five} among five ({five / count:.3f})")
    return 0 if taken > 80_000 and first >= LEAST_FIRST * count and five >= LEAST_FIVE * count else 1


if __name__ == "__main__":
    sys.exit(main())
