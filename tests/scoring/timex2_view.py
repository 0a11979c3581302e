#!/usr/bin/env python3
"""Writes the dates of a mentions.jsonl as TIMEX2 annotation has them, for scoring against gold of that convention (WikiWars).

Usage: timex2_view.py TEXTS.jsonl MENTIONS.jsonl > VIEW.jsonl        TEXTS: the documents that were read, {"id","text"}

Where the conventions differ (docs/dates-and-measures.md has ours):
- an interval and a list of alternatives are one mention with us, one for each end there: "1914–1918", "6 to 8 June", "1 or 2 November";
- "the", and words of approximation and degree ("about", "nearly", "more than", "over", "early", "later"), stand outside with us, inside there;
- ages ("nineteen years old"), rates ("per month") and seasons, nights and stretches of no particular date ("winter", "dry season", "a long time", "the time being") are no dates with us;
- "now", "current", "currently", "former", "recent", "recently", "future" and "past", "this time", "this period", "the same time" are no dates with us.
"""
import json
import re
import sys

LINK = re.compile(r"\s*(?:–|—|-|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band\b|\bor\b)\s*")
BEFORE = re.compile(r"\b(?:(?:a little |not |no )?(?:more|less|fewer|later|earlier) than|about|around|approximately|almost|nearly|over|under|just over|just under|just|only|at least|up to|another|the|ca\.?|circa|later|early|late|mid)\s+$", re.I)
REFERENCES = {"now": "PRESENT_REF", "current": "PRESENT_REF", "currently": "PRESENT_REF", "former": "PAST_REF", "formerly": "PAST_REF", "recent": "PAST_REF", "recently": "PAST_REF",
              "the future": "FUTURE_REF", "future": "FUTURE_REF", "the past": "PAST_REF", "this time": "", "this period": "", "that time": "", "the same time": ""}
COUNTS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
AGE = re.compile(r"\b(?:at least )?(\d+(?:\.\d+)?|" + "|".join(COUNTS[1:]) + r") years (?:old|of age)\b", re.I)
RATES = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}
RATE = re.compile(r"\bper (day|week|month|year)\b|\b(dai|week|month|year)ly\b|\bannually\b", re.I)
VAGUE = {"a short time": "PXD", "a long time": "PXD", "some time": "PXD", "the time being": "PRESENT_REF", "these days": "PRESENT_REF", "the time": "", "the period": "", "this date": "", "this day": "", "the day": "",
         "winter": "XXXX-WI", "autumn": "XXXX-FA", "dry season": "", "rainy season": "", "monsoon season": "", "nights": "TNI", "night": "TNI", "to date": "PRESENT_REF"}
VAGUE_WORDS = re.compile(r"\b(?:" + "|".join(sorted(VAGUE, key=len, reverse=True)) + r")\b")
REFERENCE = re.compile(r"\b(?:" + "|".join(sorted(REFERENCES, key=len, reverse=True)) + r")\b", re.I)


def timex2(edtf):
    """TIMEX2 of one end of an interval: years before Christ count from 1 and carry BC."""
    year = re.match(r"-(\d{4,})(.*)$", edtf)
    return f"BC{int(year.group(1)) + 1:04d}{year.group(2)}" if year else edtf


def ends(mention):
    """The parts of an interval or a list: [(start, end, text, value)], or the mention whole."""
    text, edtf = mention["text"], mention["value"].get("edtf") or ""
    timex = mention["value"].get("timex_value") or edtf
    if timex == "XXXX-XX-XX":  # "a few days later", "weeks earlier"
        timex = "PAST_REF" if re.search(r"\b(?:ago|earlier|before|previous\w*)\b", text, re.I) else "FUTURE_REF"
    whole = [(mention["start"], mention["end"], text, timex)]
    if edtf[:1] in ("[", "{") and ".." not in edtf:
        values = edtf.strip("[]{}").split(",")
    elif not edtf and timex.count("/") == 1:
        values = timex.split("/")
    elif edtf.count("/") == 1 and ".." not in edtf:
        values = edtf.split("/")
    else:
        return whole
    links = [link for link in LINK.finditer(text) if re.search(r"\w", text[:link.start()]) and re.search(r"\w", text[link.end():])]
    if len(values) != 2 or len(links) != 1:
        return whole
    link, at = links[0], mention["start"]
    return [(at, at + link.start(), text[:link.start()], timex2(values[0])), (at + link.end(), mention["end"], text[link.end():], timex2(values[1]))]


def widened(start, document):
    """With "the" before a day in figures or words in lower case, with words of degree before an amount."""
    day = re.match(r"\d{1,2}(?:st|nd|rd|th|d)?\b|[a-z]", document[start:]) is not None
    amount = re.match(r"(?:\d|an?\b|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|half\b|several\b|[a-z]+(?:-[a-z]+)? (?:days|weeks|months|years|hours))", document[start:], re.I) is not None
    while (before := BEFORE.search(document, max(0, start - 24), start)) is not None:
        article = before.group().strip().lower() == "the"
        if article and (not day or re.match(r"\d+-", document[start:])) or not article and not amount and before.group().strip().lower() not in ("early", "late", "later", "mid"):
            break
        start = before.start()
    return start


def others(document):
    """What TIMEX2 marks and we don't: [(match, value)]."""
    for found in AGE.finditer(document):
        count = found.group(1).lower()
        yield found, f"P{COUNTS.index(count) if count in COUNTS else count}Y"
    for found in RATE.finditer(document):
        yield found, RATES[{"dai": "day", None: "year"}.get(found.group(1) or found.group(2), found.group(1) or found.group(2))]
    for found in REFERENCE.finditer(document):
        yield found, REFERENCES[found.group().lower()]
    for found in VAGUE_WORDS.finditer(document):
        yield found, VAGUE[found.group()]


def main():
    texts = {}
    for line in open(sys.argv[1], encoding="utf-8"):
        record = json.loads(line)
        texts[record["id"]] = record["text"]
    taken = {}
    for line in open(sys.argv[2], encoding="utf-8"):
        mention = json.loads(line)
        if mention["type"] != "date":
            continue
        document = texts[mention["doc"]]
        for start, end, _, value in ends(mention):
            start = widened(start, document)
            taken.setdefault(mention["doc"], []).append((start, end))
            print(json.dumps({**mention, "start": start, "end": end, "text": document[start:end], "value": {"timex_value": value}}, ensure_ascii=False))
    for name, document in texts.items():
        here = taken.setdefault(name, [])
        for found, value in others(document):
            if not any(start < found.end() and found.start() < end for start, end in here):
                here.append((found.start(), found.end()))
                print(json.dumps({"doc": name, "type": "date", "start": found.start(), "end": found.end(), "text": found.group(), "value": {"timex_value": value, "edtf": ""}}))


main()
