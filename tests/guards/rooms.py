#!/usr/bin/env python3
"""Reads the #include lines of every room against the table of docs/architecture.md, and the length of its files. Usage: rooms.py ROOT"""
import pathlib
import re
import sys

MAY_USE = {
    "base": set(),
    "gazetteer": {"base"},
    "extractor": {"base", "gazetteer"},
    "geo": {"base", "gazetteer"},
    "out": {"base"},
    "cli": {"base", "gazetteer", "extractor", "geo", "out"},
}
BOOST_GEOMETRY_IN = {"geo/boost_adaptor.cpp"}
LONGEST = 600


def main(root):
    faults = []
    files = 0
    for room, allowed in MAY_USE.items():
        for path in sorted((root / room).rglob("*")):
            if path.suffix not in (".cpp", ".hpp"):
                continue
            files += 1
            name = path.relative_to(root).as_posix()
            lines = path.read_text(encoding="utf-8").splitlines()
            if len(lines) > LONGEST:
                faults.append(f"{name}: {len(lines)} lines; past {LONGEST} a file is split")
            for number, line in enumerate(lines, 1):
                own = re.match(r'\s*#\s*include\s+"([a-z_]+)/', line)
                if re.match(r'\s*#\s*include\s+"', line) and not own:
                    faults.append(f"{name}:{number}: includes are written from the root")
                if own and own.group(1) in MAY_USE and own.group(1) != room and own.group(1) not in allowed:
                    faults.append(f"{name}:{number}: {room} may not use {own.group(1)}")
                if own and own.group(1) == "tests":
                    faults.append(f"{name}:{number}: nothing sees tests")
                if re.match(r"\s*#\s*include\s+<boost/geometry", line) and name not in BOOST_GEOMETRY_IN:
                    faults.append(f"{name}:{number}: Boost.Geometry is included in {', '.join(sorted(BOOST_GEOMETRY_IN))} alone")
    print("\n".join(faults) if faults else f"{files} files keep to the table of rooms")
    return 1 if faults or files == 0 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
