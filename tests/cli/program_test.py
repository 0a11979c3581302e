#!/usr/bin/env python3
"""Runs the program as a user would. Usage: program_test.py DEMARC ROOT"""
import json
import math
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest

DEMARC, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
SAMPLES = ROOT / "docs" / "samples"
FILES = ("mentions.jsonl", "entities.jsonl", "documents.jsonl", "features.geojson", "gazetteer.lpf.json", "problems.jsonl")


def run(*arguments, **options):
    return subprocess.run([DEMARC, *map(str, arguments)], capture_output=True, text=True, check=False, **options)


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Program(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)

    def extract(self, *inputs, code=0, out="out", **options):
        result = run("extract", *inputs, "-o", self.folder / out, **options)
        self.assertEqual(result.returncode, code, result.stderr)
        return self.folder / out, result

    def test_same_bytes_for_any_threads_and_order(self):
        files = sorted(SAMPLES.iterdir())
        one, _ = self.extract(*files, "--jobs", 1, out="one")
        two, _ = self.extract(*reversed(files), "--jobs", 2, out="two")
        for name in FILES:
            self.assertEqual((one / name).read_bytes(), (two / name).read_bytes(), name)

    def test_same_bytes_for_any_threads_over_many_batches(self):
        texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.iterdir())]
        records = self.folder / "records.jsonl"
        with open(records, "w", encoding="utf-8") as file:
            for number in range(600):
                file.write(json.dumps({"id": f"r{number:04}", "text": texts[number % len(texts)]}) + "\n")
        outputs = [self.extract(records, "--jobs", jobs, out=f"jobs{jobs}")[0] for jobs in (1, 2)]
        self.assertGreater((outputs[0] / "mentions.jsonl").stat().st_size, 1 << 20)
        self.assertEqual([document["id"] for document in lines(outputs[0] / "documents.jsonl")], [f"r{number:04}" for number in range(600)])
        for name in FILES:
            self.assertEqual(*[(output / name).read_bytes() for output in outputs], name)

    def test_mentions_lie_where_they_say_and_nest(self):
        out, _ = self.extract(SAMPLES, "--format", "mentions,documents,text")
        texts = {}
        for document in lines(out / "documents.jsonl"):
            name = document["id"] + ("" if document["id"].endswith(".txt") else ".txt")
            texts[document["id"]] = (out / "text" / name).read_bytes().decode()
        kinds = set()
        open_spans = {}
        for mention in lines(out / "mentions.jsonl"):
            text = texts[mention["doc"]]
            self.assertEqual(text[mention["start"]:mention["end"]], mention["text"])
            self.assertEqual(text.encode()[mention["byte_start"]:mention["byte_end"]].decode(), mention["text"])
            kinds.add(mention["type"])
            stack = open_spans.setdefault(mention["doc"], [])
            while stack and stack[-1] <= mention["start"]:
                stack.pop()
            self.assertTrue(not stack or mention["end"] <= stack[-1], f"{mention['id']} crosses another")
            stack.append(mention["end"])
        self.assertEqual(kinds, {"person", "organisation", "military_unit", "date", "measure", "place", "area", "line", "coordinate", "document_ref"})

    def test_a_telegram_from_text_to_map(self):
        out, _ = self.extract(SAMPLES / "01-telegram-kaesong.txt")
        mentions = lines(out / "mentions.jsonl")
        by_text = {mention["text"]: mention for mention in mentions}
        self.assertEqual(by_text["Kindzyo"]["entity"], "place:kp-kumsong")
        self.assertEqual(by_text["Kindzyo"]["status"], "inferred")
        self.assertTrue(by_text["Kindzyo"]["editorial"])
        self.assertTrue(any("Polivanov" in step for step in by_text["Kindzyo"]["why"]))
        self.assertEqual(by_text["FILIPPOV"]["value"]["name"], "Joseph Stalin")
        self.assertTrue(by_text["FILIPPOV"]["value"]["alias"])
        self.assertEqual(by_text["15 or 16 November"]["value"]["edtf"], "[1951-11-15,1951-11-16]")
        self.assertEqual(by_text["0310 14 November"]["value"]["edtf"], "1951-11-14T03:10")
        features = {feature["id"]: feature for feature in json.loads((out / "features.geojson").read_text(encoding="utf-8"))["features"]}
        front = features["line:kr-contact-1951-10"]["geometry"]["coordinates"]
        self.assertLess(front[0][0], front[-1][0])
        boundaries = [feature for feature in features.values() if feature["properties"]["kind"] == "withdrawal_boundary"]
        self.assertEqual({feature["properties"]["side"] for feature in boundaries}, {"north", "south"})
        for boundary in boundaries:
            for lon, lat in boundary["geometry"]["coordinates"][::20]:
                self.assertAlmostEqual(distance_m(lon, lat, front), 2000, delta=15)  # flat-earth check; the geodesic one is in tests/geo

    def test_twenty_papers_of_one_autumn_draw_its_lines(self):
        out, _ = self.extract(ROOT / "docs" / "autumn-1951", "--format", "geojson,mentions,entities")
        features = {f["id"]: f for f in json.loads((out / "features.geojson").read_text())["features"]}
        strips = [f for f in features.values() if f["properties"]["kind"] == "zone" and f["id"].endswith("/strip")]
        self.assertGreaterEqual(len(strips), 4)
        proposed = features["line:kr-contact-1951-10-2-km/strip"]["properties"]
        self.assertLessEqual({"01-telegram-terms.txt", "04-telegram-proposal.txt", "06-note-line-of-5-november.txt"}, set(proposed["docs"].split("; ")))
        self.assertIn("16-agreement-27-november.txt", features["line:kr-contact-1951-11-27-2-km/strip"]["properties"]["docs"])
        open_lines = [m["text"] for m in lines(out / "mentions.jsonl") if m["type"] in ("line", "area", "coordinate") and m["status"] == "unresolved"]
        self.assertEqual(open_lines, ["Line Minnesota"])
        # A front runs from sea to sea; nothing that the papers draw leaves the theatre.
        front = features["line:kr-contact-1951-11-27"]["geometry"]["coordinates"]
        self.assertLess(front[0][0], 126.8)
        self.assertGreater(front[-1][0], 128.3)
        for feature in features.values():
            if feature["properties"]["type"] == "line" and feature["geometry"]:
                flat = json.dumps(feature["geometry"]["coordinates"])
                numbers = [float(n) for n in flat.replace("[", " ").replace("]", " ").replace(",", " ").split()]
                self.assertTrue(all(124 < n < 132 for n in numbers[0::2]) and all(37 < n < 43 for n in numbers[1::2]), feature["id"])

    def test_missing_and_empty_inputs(self):
        _, result = self.extract(self.folder / "nowhere.txt", code=66)
        self.assertIn("nowhere.txt", result.stderr)
        (self.folder / "empty").mkdir()
        _, result = self.extract(self.folder / "empty", code=66)
        self.assertIn("no document", result.stderr)
        self.assertEqual(run("extract", SAMPLES).returncode, 64)
        self.assertEqual(run("extract", SAMPLES, "-o", self.folder / "x", "--format", "papyrus").returncode, 64)
        self.assertEqual(run("extract", SAMPLES, "-o", self.folder / "x", "--date", "1951-13").returncode, 64)
        self.assertEqual(run("--help").returncode, 0)

    def test_bad_documents_leave_the_others_alone(self):
        bad = self.folder / "bad"
        bad.mkdir()
        (bad / "empty.txt").write_bytes(b"")
        (bad / "binary.txt").write_bytes(b"\x7fELF\x00\x01" * 50)
        (bad / "bytes.txt").write_bytes(b"At Kaesong \xff\xfe on 1 November 1951.")
        (bad / "good.txt").write_text("They met at Kaesong on 10 July 1951.")
        (bad / "records.jsonl").write_text('{"id":"a","text":"Seoul fell on 4 January 1951."}\n{"id":"b"}\nnot json\n{"id":"c","text":"Wonsan."}\n')
        out, _ = self.extract(bad)
        self.assertEqual({document["id"] for document in lines(out / "documents.jsonl")}, {"bytes.txt", "good.txt", "a", "c"})
        codes = {(problem["doc"], problem["code"]) for problem in lines(out / "problems.jsonl")}
        self.assertLessEqual({("empty.txt", "empty_file"), ("binary.txt", "not_text"), ("b", "record_without_text"), ("records.jsonl", "bad_json"),
                              ("bytes.txt", "encoding_detected")}, codes)
        self.extract(bad, "--strict", code=65, out="strict")

    def test_one_long_line(self):
        text = "The front line ran from Kaesong to Kumsong on 1 November 1951 and General Smith moved two miles north of Seoul "
        (self.folder / "long.txt").write_text(text * 20_000)
        out, _ = self.extract(self.folder / "long.txt")
        self.assertGreater(lines(out / "documents.jsonl")[0]["counts"]["place"], 40_000)

    def test_output_that_cannot_be_made(self):
        (self.folder / "taken").write_text("a file")
        _, result = self.extract(SAMPLES, code=73, out="taken")
        self.assertIn("taken", result.stderr)
        if os.geteuid() != 0:
            locked = self.folder / "locked"
            locked.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
            self.extract(SAMPLES, code=73, out="locked")

    def test_standard_input(self):
        out, _ = self.extract("-", input='{"id":"one","text":"They left Seoul on 4 January 1951."}\n')
        self.assertEqual(lines(out / "documents.jsonl")[0]["id"], "one")

    def test_a_bad_rule_stops_before_any_document(self):
        rules = self.folder / "rules"
        rules.mkdir()
        (rules / "ships.toml").write_text('phase = "names"\n[[rule]]\nname = "ships.bad"\ntype = "ship"\ntokens = \'{cap}\'\nexamples = ["a"]\nnot = ["b"]\n')
        _, result = self.extract(SAMPLES, "--rules", rules, code=65)
        self.assertIn("ships.toml:4: rule ships.bad: type 'ship' is not a mention type", result.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_corpora_are_run_and_failures_told(self):
        def rules_test(*arguments):
            return subprocess.run([DEMARC, "rules", "test", *map(str, arguments)], capture_output=True, text=True)
        good, bad = self.folder / "good.corpus", self.folder / "bad.corpus"
        good.write_text("# source: this test\ntext: It fell on 3 May 1951.\ndate: \"3 May 1951\" -> 1951-05-03\n")
        result = rules_test(good)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("1 blocks, 1 expectations, 0 known gaps, 0 failures", result.stdout)
        bad.write_text("# source: this test\ntext: It fell on 3 May 1951.\nnone: date\n")
        result = rules_test(self.folder)
        self.assertEqual(result.returncode, 65)
        self.assertIn("bad.corpus:2", result.stderr)
        own = rules_test()
        self.assertEqual((own.returncode, own.stderr), (0, ""))
        self.assertGreaterEqual(int(own.stdout.splitlines()[-1].split()[0]), 600)
        self.assertEqual(rules_test(self.folder / "none").returncode, 66)

    def test_explain_goes_from_the_words_to_the_mention(self):
        telegram = SAMPLES / "01-telegram-kaesong.txt"
        out, _ = self.extract(telegram)
        mentions = lines(out / "mentions.jsonl")
        area = next(mention for mention in mentions if mention["text"].startswith("territory south of Kosong"))
        told = run("explain", telegram, "--mention", area["id"], "--json")
        self.assertEqual((told.returncode, told.stderr), (0, ""))
        told = json.loads(told.stdout)
        self.assertEqual(told["mention"], area)
        self.assertEqual(told["tree"]["rule"]["name"], area["rule"])
        inner = [part["mention"]["text"] for part in told["tree"]["parts"] if "mention" in part]
        self.assertEqual(inner, ["Kosong", "Kindzyo"])
        self.assertTrue(any(step["rule"] == area["rule"] and step["fate"] == "made" for step in told["tried"]))
        self.assertTrue(any(step["fate"] in ("outranked", "overlapped") for step in told["tried"]))
        place = next(mention for mention in mentions if mention["text"] == "Kindzyo")
        words = run("explain", telegram, "--at", place["start"] + 2).stdout
        for expected in (place["id"], "Polivanov", "places.bracketed", "candidates:", "made it"):
            self.assertIn(expected, words)
        nothing = run("explain", telegram, "--at", place["start"] - 1)
        self.assertEqual(nothing.returncode, 0)
        for mention in mentions:
            told = json.loads(run("explain", telegram, "--mention", mention["id"], "--json").stdout)
            self.assertEqual(told["mention"]["id"], mention["id"])
            self.assertIn("where", told["tree"]["rule"], mention)

    def test_explain_says_what_is_wrong(self):
        telegram = SAMPLES / "01-telegram-kaesong.txt"
        self.assertEqual(run("explain", telegram).returncode, 64)
        self.assertEqual(run("explain", telegram, "--at", 1, "--mention", "x#m1").returncode, 64)
        self.assertIn("past the end", run("explain", telegram, "--at", 10_000_000).stderr)
        self.assertEqual(run("explain", telegram, "--mention", "01-telegram-kaesong.txt#m9999").returncode, 66)
        self.assertEqual(run("explain", self.folder / "none.txt", "--at", 1).returncode, 66)
        records = self.folder / "two.jsonl"
        records.write_text('{"id":"a","text":"Seoul fell."}\n{"id":"b","text":"Then Wonsan fell."}\n')
        self.assertIn("--document", run("explain", records, "--at", 1).stderr)
        self.assertIn("Wonsan", run("explain", records, "--at", 6, "--document", "b").stdout)
        self.assertEqual(run("explain", records, "--at", 1, "--document", "c").returncode, 66)

    def test_a_gazetteer_is_built_and_used(self):
        columns = ["42", "Quillbury", "Quillbury", "", "45.5", "-93.25", "P", "PPL", "US", "", "MN", "", "", "", "150000", "", "1", "America/Chicago", "2020-01-01"]
        (self.folder / "US.txt").write_text("\t".join(columns) + "\n" + "too few\n")
        built = run("gazetteer", "build", self.folder / "US.txt", "-o", self.folder / "us.gaz")
        self.assertEqual((built.returncode, built.stderr), (0, ""))
        self.assertIn("2 rows, 1 taken", built.stdout)
        self.assertIn("1 left: not 19 columns", built.stdout)
        found = json.loads(run("gazetteer", "search", "Quillbury", "--json", "--gazetteer", "builtin", "--gazetteer", self.folder / "us.gaz").stdout)
        self.assertEqual([(record["id"], record["lat"], record["lon"]) for record in found], [("geonames-42", 45.5, -93.25)])
        (self.folder / "a.txt").write_text("They met in Quillbury on 3 May 1951.")
        out = self.folder / "with"
        world = {**os.environ, "DEMARC_WORLD_GAZETTEER": str(self.folder / "us.gaz")}
        self.assertEqual(run("extract", self.folder / "a.txt", "-o", out, env=world).returncode, 0)
        self.assertEqual([mention["entity"] for mention in lines(out / "mentions.jsonl") if mention["type"] == "place"], ["place:geonames-42"])
        out, _ = self.extract(self.folder / "a.txt", out="without")
        self.assertEqual([mention for mention in lines(out / "mentions.jsonl") if mention["type"] == "place"], [])
        (self.folder / "odd.txt").write_text("a,b,c\n")
        self.assertEqual(run("gazetteer", "build", self.folder / "odd.txt", "-o", self.folder / "x.gaz").returncode, 65)
        self.assertEqual(run("gazetteer", "build", self.folder / "none.txt", "-o", self.folder / "x.gaz").returncode, 66)
        self.assertEqual(run("gazetteer", "build", self.folder / "US.txt", "-o", self.folder / "none" / "x.gaz").returncode, 73)
        self.assertFalse((self.folder / "x.gaz").exists())
        self.assertEqual(run("extract", self.folder / "a.txt", "-o", out, "--gazetteer", self.folder / "odd.txt").returncode, 65)

    def test_geocode_places_mentions_that_are_given(self):
        text = "From Springfield, Ill., they went to Alton. Nonesuch Ford lay near Alton."
        mention = lambda word, **more: {"start": text.index(word), "end": text.index(word) + len(word), "type": "place", **more}
        records = [{"id": "a", "text": text, "mentions": [mention("Springfield", mine=7), mention("Ill."), mention("Alton"), mention("Nonesuch Ford"), {"start": 3, "end": 3}, {"start": 0, "end": 9999}]},
                   {"id": "b", "text": "no mentions"}, {"id": "c", "text": "They saw Seoul.", "mentions": [{"start": 9, "end": 14, "type": "place"}, {"start": 0, "end": 4, "type": "person"}]}]
        (self.folder / "in.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records) + "not json\n")
        result = run("geocode", self.folder / "in.jsonl", "-o", self.folder / "out.jsonl")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("in.jsonl:2", result.stderr)
        self.assertIn("in.jsonl:4", result.stderr)
        out = (self.folder / "out.jsonl").read_text().splitlines()
        self.assertEqual(len(out), 4)
        self.assertEqual(json.loads(out[1]), records[1])
        self.assertEqual(out[3], "not json")
        springfield, illinois, alton, ford, empty, beyond = json.loads(out[0])["mentions"]
        self.assertEqual((springfield["gazetteer_id"], springfield["mine"]), ("us-springfield-il", 7))
        self.assertAlmostEqual(springfield["lat"], 39.80, delta=0.02)
        self.assertAlmostEqual(springfield["lon"], -89.64, delta=0.02)
        self.assertIn("the text names its region", springfield["why"])
        self.assertEqual(illinois["gazetteer_id"], "us-state-illinois")
        self.assertEqual((ford["status"], "gazetteer_id" in ford), ("inferred", False))
        self.assertGreaterEqual(ford["uncertainty_m"], 50_000)
        for unplaced in (empty, beyond):
            self.assertEqual((unplaced["status"], "lat" in unplaced), ("unresolved", False))
        seoul, person = json.loads(out[2])["mentions"]
        self.assertAlmostEqual(seoul["lat"], 37.57, delta=0.05)
        self.assertEqual(person, {"start": 0, "end": 4, "type": "person"})
        run("geocode", self.folder / "in.jsonl", "-o", self.folder / "open.jsonl", "--no-neighbours")
        ford = json.loads((self.folder / "open.jsonl").read_text().splitlines()[0])["mentions"][3]
        self.assertEqual((ford["status"], "lat" in ford), ("unresolved", False))
        self.assertEqual(run("geocode", self.folder / "in.jsonl", "-o", self.folder / "x.jsonl", "--strict").returncode, 65)
        self.assertEqual(run("geocode", self.folder / "none.jsonl", "-o", self.folder / "x.jsonl").returncode, 66)
        self.assertEqual(run("geocode", self.folder / "in.jsonl", "-o", self.folder / "no" / "x.jsonl").returncode, 73)

    def test_profile_counts_what_rules_do(self):
        out, _ = self.extract(SAMPLES)
        mentions = lines(out / "mentions.jsonl")
        result = run("rules", "profile", SAMPLES, "--json")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        told = json.loads(result.stdout)
        cost = {rule["name"]: rule for rule in told["rules"]}
        for rule in ("dates.calendar", "places.gazetteer", "people.titled"):
            self.assertEqual(cost[rule]["made"], sum(mention["rule"] == rule for mention in mentions), rule)
            self.assertGreater(cost[rule]["seconds"], 0)
        self.assertEqual(told["steps"][0]["name"], "words")
        self.assertIn("places.gazetteer", run("rules", "profile", SAMPLES).stdout)


def distance_m(lon, lat, line):
    scale = math.cos(math.radians(lat)) * 111_320
    best = float("inf")
    for (x1, y1), (x2, y2) in zip(line, line[1:]):
        ax, ay, bx, by = (x1 - lon) * scale, (y1 - lat) * 110_990, (x2 - lon) * scale, (y2 - lat) * 110_990
        dx, dy = bx - ax, by - ay
        t = 0 if dx == dy == 0 else max(0, min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
        best = min(best, math.hypot(ax + t * dx, ay + t * dy))
    return best


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
