#!/usr/bin/env python3
"""Writes a GeoNames dump of made-up places, to measure a gazetteer of any size.

made_up_places.py REAL.txt ROWS > places.txt

Names are put together from the halves of names of REAL.txt (a GeoNames dump), in the same proportion of one, two and three words, with one to three alternate names; positions, countries
and populations are those of real rows. The same arguments give the same bytes.
"""
import random
import sys


def halves(word):
    middle = len(word) // 2
    return word[:middle], word[middle:]


def main():
    rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8")]
    rows = [row for row in rows if len(row) == 19]
    rng = random.Random(20251125)
    firsts, lasts, shapes = [], [], []
    for row in rows:
        words = row[1].split(" ")
        shapes.append(len(words))
        for word in words:
            if len(word) > 3:
                first, last = halves(word)
                firsts.append(first)
                lasts.append(last)

    def name():
        return " ".join(rng.choice(firsts) + rng.choice(lasts) for _ in range(rng.choice(shapes)))

    out = []
    for i in range(int(sys.argv[2])):
        row = list(rng.choice(rows))
        row[0] = str(100_000_000 + i)
        row[1] = row[2] = name()
        row[3] = ",".join(name() for _ in range(rng.randint(0, 3)))
        row[4] = f"{float(row[4]) + rng.uniform(-0.5, 0.5):.5f}"
        row[14] = str(int(row[14]) // rng.randint(1, 200))
        out.append("\t".join(row) + "\n")
        if len(out) == 10000:
            sys.stdout.writelines(out)
            out = []
    sys.stdout.writelines(out)


if __name__ == "__main__":
    main()
