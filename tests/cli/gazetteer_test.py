#!/usr/bin/env python3
"""The gazetteer commands as a user runs them. Usage: gazetteer_test.py DEMARC ROOT"""
import http.server
import io
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile

try:
    import jsonschema
except ImportError:
    # Set-up installs it for the system's interpreter, which need not be the first on the PATH.
    if sys.executable == "/usr/bin/python3":
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", "-B", *sys.argv])

DEMARC, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
SAMPLES = ROOT / "docs" / "samples"
SCHEMA = json.loads((pathlib.Path(__file__).parent / "linked_places.schema.json").read_text(encoding="utf-8"))
TABLE = "id,name,kind,lat,lon,country,variants\nalpha,Alphaville,town,10,20,FR,Alfaville;Alphastadt\nbeta,Beta Ford,village,10.5,20.5,FR,\n"


def run(*arguments, code=0):
    result = subprocess.run([DEMARC, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert result.returncode == code, (arguments, result.returncode, result.stdout, result.stderr)
    return result


class Dumps(http.server.BaseHTTPRequestHandler):
    """A server of dump files on the loopback address: ranges, conditions, and a file that breaks off."""

    files = {}
    break_after = None
    requests = []

    def do_GET(self):
        name = self.path.rsplit("/", 1)[1]
        Dumps.requests.append((name, self.headers.get("Range")))
        if name not in Dumps.files:
            self.send_error(404)
            return
        content = Dumps.files[name]
        if self.headers.get("If-Modified-Since"):
            self.send_response(304)
            self.end_headers()
            return
        begin = int(self.headers["Range"].split("=")[1].rstrip("-")) if self.headers.get("Range") else 0
        if begin >= len(content):
            self.send_error(416)
            return
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(content) - begin))
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        part = content[begin:]
        if Dumps.break_after is not None:
            self.wfile.write(part[: Dumps.break_after])
            Dumps.break_after = None
            self.wfile.flush()
            self.connection.close()
            return
        self.wfile.write(part)

    def log_message(self, *_):
        pass


def archive(name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("readme.txt", "about")
        file.writestr(name, text)
    return out.getvalue()


class Gazetteer(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)

    def built(self):
        (self.folder / "own.csv").write_text(TABLE, encoding="utf-8")
        run("gazetteer", "build", self.folder / "own.csv", "-o", self.folder / "own.gaz")
        return self.folder / "own.gaz"

    def test_a_table_becomes_a_gazetteer_that_places_a_document(self):
        index = self.built()
        (self.folder / "a.txt").write_text("The brigade marched from Alphaville to Beta Ford on 3 May 1944.", encoding="utf-8")
        run("extract", self.folder / "a.txt", "-o", self.folder / "out", "--gazetteer", "builtin", "--gazetteer", index, "--quiet")
        features = json.loads((self.folder / "out" / "features.geojson").read_text(encoding="utf-8"))["features"]
        self.assertEqual({f["properties"]["name"]: f["geometry"]["coordinates"] for f in features if f["properties"]["type"] == "place"}, {"Alphaville": [20, 10], "Beta Ford": [20.5, 10.5]})

    def test_linked_places_are_valid_and_a_gathered_gazetteer_comes_back_as_it_was(self):
        run("extract", SAMPLES, "-o", self.folder / "one", "--quiet")
        gathered = self.folder / "one" / "gazetteer.lpf.json"
        validator = jsonschema.Draft7Validator(SCHEMA)
        places = json.loads(gathered.read_text(encoding="utf-8"))
        self.assertGreater(len(places["features"]), 100)
        self.assertEqual([e.message for e in validator.iter_errors(places)], [])
        broken = json.loads(json.dumps(places))
        del broken["features"][0]["properties"]["fclasses"]
        self.assertFalse(validator.is_valid(broken))
        run("gazetteer", "build", gathered, "-o", self.folder / "own.gaz", "--no-builtin")
        exported = json.loads(run("gazetteer", "export", self.folder / "own.gaz").stdout)
        self.assertEqual([e.message for e in validator.iter_errors(exported)], [])
        run("extract", SAMPLES, "-o", self.folder / "two", "--gazetteer", self.folder / "own.gaz", "--gazetteer", "builtin", "--quiet")
        self.assertEqual(run("gazetteer", "diff", gathered, self.folder / "two" / "gazetteer.lpf.json").stdout, "")

    def test_ids_stay_when_a_document_is_added(self):
        files = sorted(SAMPLES.glob("*.txt"))
        run("extract", *files[:-1], "-o", self.folder / "less", "--quiet")
        run("extract", *files, "-o", self.folder / "more", "--quiet")
        changes = [json.loads(line) for line in run("gazetteer", "diff", "--json", self.folder / "less" / "gazetteer.lpf.json", self.folder / "more" / "gazetteer.lpf.json").stdout.splitlines()]
        self.assertEqual([c for c in changes if c["change"] in ("removed", "renamed", "kind_changed")], [])

    def test_lp_tsv_keeps_the_rules_of_its_upload(self):
        run("gazetteer", "export", self.built(), "--format", "lp-tsv", code=64)
        rows = [line.split("\t") for line in run("gazetteer", "export", self.folder / "own.gaz", "--format", "lp-tsv", "--year", "1944").stdout.splitlines()]
        header = rows[0]
        for row in rows[1:]:
            self.assertEqual(len(row), len(header))
            fields = dict(zip(header, row))
            for needed in ("id", "title", "title_source", "fclasses", "attestation_year"):
                self.assertTrue(fields[needed], needed)
        self.assertEqual(rows[1][:2], ["alpha", "Alphaville"])
        # And it is read again.
        (self.folder / "again.tsv").write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")
        run("gazetteer", "build", self.folder / "again.tsv", "-o", self.folder / "again.gaz")
        self.assertEqual(json.loads(run("gazetteer", "search", "Alphastadt", "--gazetteer", self.folder / "again.gaz", "--json").stdout)[0]["name"], "Alphaville")

    def test_search_is_ranked_by_what_is_known_of_the_text(self):
        first = lambda *options: json.loads(run("gazetteer", "search", "Koshu", "--gazetteer", "builtin", "--json", *options).stdout)[0]["id"]
        self.assertNotEqual(first("--near", "125.78,38.67"), first("--near", "127.12,36.45"))
        self.assertEqual(first("--near", "127.12,36.45"), "kr-kongju")
        hits = json.loads(run("gazetteer", "search", "Kindzyo", "--gazetteer", "builtin", "--json").stdout)
        self.assertEqual(hits[0]["id"], "kp-kumsong")
        self.assertIn("Kindzyo (ё = yo)", hits[0]["route"])
        run("gazetteer", "search", "Koshu", "--near", "north", code=64)
        run("gazetteer", "search", "Koshu", "--date", "spring", code=64)

    def test_a_damaged_index_is_found_or_refused(self):
        index = self.built()
        good = index.read_bytes()
        self.assertIn("whole, 2 records", run("gazetteer", "check", index).stdout)
        # Every byte of header and sections counts; between sections lies padding, which nobody reads.
        sections = [struct.unpack_from("<QQ", good, 64 + 24 * i) for i in range(13)]
        covered = [(0, 384)] + [(begin, begin + size) for begin, size in sections if size]
        rng = random.Random(7)
        for begin, end in covered:
            for at in [rng.randrange(begin, end) for _ in range(8)]:
                bad = bytearray(good)
                bad[at] ^= 0x40
                index.write_bytes(bad)
                run("gazetteer", "check", index, code=65)
        index.write_bytes(good[: len(good) // 2])
        self.assertIn("cut short", run("gazetteer", "check", index, code=65).stderr)
        index.write_bytes(good[:8] + struct.pack("<I", 2) + good[12:])
        self.assertIn("version 2; this program reads version 4", run("extract", SAMPLES, "-o", self.folder / "x", "--gazetteer", index, code=65).stderr)

    def test_dumps_are_fetched_go_on_and_are_checked(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Dumps)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        address = f"http://127.0.0.1:{server.server_port}/export/dump"
        row = "\t".join(["1", "Alphaville", "Alphaville", "", "10", "20", "P", "PPL", "FR", "", "", "", "", "", "900", "", "", "", "2020-01-01"]) + "\n"
        noise = "".join(random.Random(3).choices("abcdefgh", k=400_000))
        Dumps.files = {"FR.zip": archive("FR.txt", row + "#" + noise + "\n"), "bad.zip": b"no archive", "DE.zip": archive("XX.txt", row)}
        fetch = lambda *items, code=0: run("gazetteer", "fetch", "geonames", *items, "-o", self.folder, "--address", address, code=code)
        Dumps.break_after = 50_000
        self.assertIn("call again", fetch("FR", code=75).stderr)
        self.assertFalse((self.folder / "FR.txt").exists())
        kept = (self.folder / "FR.zip.part").stat().st_size
        self.assertGreater(kept, 0)
        Dumps.requests = []
        fetch("FR")
        self.assertEqual(Dumps.requests, [("FR.zip", f"bytes={kept}-")])
        self.assertTrue((self.folder / "FR.txt").read_text(encoding="utf-8").startswith(row))
        self.assertFalse((self.folder / "FR.zip.part").exists())
        self.assertIn("current", fetch("FR").stdout)
        run("gazetteer", "build", self.folder / "FR.txt", "-o", self.folder / "fr.gaz")
        self.assertIn("no such file (404)", fetch("ZZ", code=66).stderr)
        self.assertIn("no whole archive", fetch("bad", code=65).stderr)
        self.assertIn("no whole archive", fetch("DE", code=65).stderr)
        self.assertFalse(any(name.endswith(".part") for name in os.listdir(self.folder)))
        run("gazetteer", "fetch", "geonames", "../../etc", code=64)
        server.shutdown()
        self.assertIn("call again", run("gazetteer", "fetch", "geonames", "FR", "-o", self.folder / "new", "--address", "http://127.0.0.1:9/x", code=75).stderr)

    def test_a_reader_corrects_once(self):
        (self.folder / "a.txt").write_text("30 October 1951. The enemy holds the area of Kaesong. Talks at Kindzyo went on.", encoding="utf-8")
        (self.folder / "own.curation").write_text("move place:kp-kaesong 38.2 126.9 100\nrename place:kp-kumsong Old Town\n", encoding="utf-8")
        run("extract", self.folder / "a.txt", "-o", self.folder / "out", "--curation", self.folder / "own.curation", "--quiet")
        features = {f["properties"]["id"]: f for f in json.loads((self.folder / "out" / "features.geojson").read_text(encoding="utf-8"))["features"]}
        self.assertEqual(features["place:kp-kaesong"]["geometry"]["coordinates"], [126.9, 38.2])
        self.assertEqual(features["place:kp-kumsong"]["properties"]["name"], "Old Town")
        ring = features["area:area-of-kp-kaesong"]["geometry"]["coordinates"][0]
        self.assertTrue(all(abs(lat - 38.2) < 0.3 for _, lat in ring))
        self.assertIn("curation", json.loads((self.folder / "out" / "run.json").read_text(encoding="utf-8"))["options"])
        (self.folder / "bad.curation").write_text("\nhide place:x\n", encoding="utf-8")
        self.assertIn("bad.curation:2: 'hide' is no decision", run("extract", self.folder / "a.txt", "-o", self.folder / "o2", "--curation", self.folder / "bad.curation", code=65).stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
