#!/usr/bin/env python3
"""What rules of a user's own cost: the same documents with the built-in rules alone, and with N more of mixed shapes, in turns.

Usage: extra_rules.py DEMARC FILE [N...]      prints the ratio of throughputs for each N (default 300 and 1000), best of five by processor time
The rules' cost of loading is taken off: it is measured on an empty document in the same turns.
"""
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

TURNS = 5
SYLLABLES = "bar den fol gar hul kel lim mor nas pel quin ros sten tor ulm ver wick yar zel".split()


def word(random_words):
    return "".join(random_words.choice(SYLLABLES) for _ in range(random_words.randint(2, 3))).capitalize()


def write_rules(folder, count):
    """Token rules over words, shapes, lexicons, gazetteer classes, earlier mentions and captures; one in twenty a text pattern."""
    names = random.Random(count)
    lines = ['phase = "places"\n']
    for i in range(count):
        a, b, c = word(names), word(names), word(names)
        shape = i % 20
        more = ""
        if shape == 0:
            phase, tokens, more, example = "text", "{number & !n1}", f"ascii = true\ntext = '\\d{{2,4}} ?{a}'\n", f"at «12 {a}» now"
        elif shape < 7:
            phase, tokens, example = "places", f'{{cap}}{{0,2}} {{"{a}" | "{b}"}} ("of" "the"? {{cap}})?', f"near «{a}» today"
        elif shape < 12:
            phase, tokens, example = "places", f'{{gaz_place}}? ("and" | ",")? "{a}" ({{number}} | {{"{b}"}})', f"near «{a} {b}» today"
        elif shape < 16:
            phase, tokens, example = "places", f'("the" | {{@person}}) (?<mention>{{"{a}" | "{b}" | "{c}"}} {{cap}}?)', f"the «{a}» was there"
        else:
            phase, tokens, example = "relations", f'{{@place}} {{"{a}"}} | {{"{a}"}} "to" {{"{b}"}}', f"from «{a} to {b}» in haste"
        lines.append(f'[[rule]]\nname = "extra.rule_{i}"\ntype = "place"\nphase = "{phase}"\ntokens = \'{tokens}\'\n{more}examples = ["{example}"]\nnot = ["nothing here"]\npriority = -9\n')
    (folder / "extra.toml").write_text("\n".join(lines))


def seconds(demarc, document, folder, rules):
    command = [demarc, "extract", document, "-o", folder / "out", "--jobs", "1", "--quiet"] + (["--rules", rules] if rules else [])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([os.fspath(part) for part in command], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    demarc, document = sys.argv[1], sys.argv[2]
    for count in [int(n) for n in sys.argv[3:]] or [300, 1000]:
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            (folder / "rules").mkdir()
            write_rules(folder / "rules", count)
            (folder / "small.txt").write_text("Nothing.")
            best = {}
            for _ in range(TURNS):
                for name, text, rules in (("plain", document, None), ("extra", document, folder / "rules"), ("plain start", folder / "small.txt", None), ("extra start", folder / "small.txt", folder / "rules")):
                    best[name] = min(best.get(name, 1e9), seconds(demarc, text, folder, rules))
            plain, extra = best["plain"] - best["plain start"], best["extra"] - best["extra start"]
            print(f"{count} extra rules: {plain:.3f} s without, {extra:.3f} s with: throughput {plain / extra:.3f} of that without; loading {best['extra start'] - best['plain start']:.3f} s more")


main()
