#!/usr/bin/env python3
"""Runs timex2_view.py on mentions written here. Usage: timex2_view_test.py"""
import json
import pathlib
import subprocess
import sys
import tempfile

TEXT = "Now the war of 1914–1918 was over for about two years; on the 5th of May or 6 May 480 BC the winter ended. In early 1941 the current line stood."


def mention(text, edtf, timex=None):
    start = TEXT.index(text)
    return {"doc": "a", "type": "date", "start": start, "end": start + len(text), "text": text, "value": {"edtf": edtf, "timex_value": timex or edtf}}


EXPECTED = [("1914", "1914"), ("1918", "1918"), ("about two years", "P2Y"), ("the 5th of May", "1951-05-05"), ("6 May 480 BC", "BC0480-05-06"), ("early 1941", "1941"), ("Now", "PRESENT_REF"),
            ("current", "PRESENT_REF"), ("winter", "XXXX-WI")]

with tempfile.TemporaryDirectory() as folder:
    texts, mentions = pathlib.Path(folder, "texts.jsonl"), pathlib.Path(folder, "mentions.jsonl")
    texts.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n")
    given = [mention("1914–1918", "1914/1918"), mention("two years", "", "P2Y"), mention("5th of May or 6 May 480 BC", "[1951-05-05,-0479-05-06]"), mention("1941", "1941"),
             {**mention("war", ""), "type": "place"}]
    mentions.write_text("".join(json.dumps(one) + "\n" for one in given))
    out = subprocess.run([sys.executable, pathlib.Path(__file__).with_name("timex2_view.py"), texts, mentions], capture_output=True, text=True, check=True).stdout
    found = [(one["text"], one["value"]["timex_value"]) for one in map(json.loads, out.splitlines())]
    assert found == EXPECTED, found
    assert all(TEXT[one["start"]:one["end"]] == one["text"] for one in map(json.loads, out.splitlines()))
