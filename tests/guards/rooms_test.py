#!/usr/bin/env python3
"""The guard of the rooms must speak up: each fault it knows is put into a small tree of its own. Usage: rooms_test.py"""
import contextlib
import io
import pathlib
import tempfile
import unittest

import rooms


def faults(files):
    """What the guard prints for a tree of these files, and whether it fails."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            failed = rooms.main(root) != 0
    return failed, told.getvalue()


class RoomsTest(unittest.TestCase):
    def test_a_tree_that_keeps_to_the_table_passes(self):
        failed, told = faults({
            "base/span.hpp": "#pragma once\n#include <string>\n",
            "geo/line.cpp": '#include "geo/line.hpp"\n#include "base/span.hpp"\n',
            "geo/boost_adaptor.cpp": "#include <boost/geometry.hpp>\n",
            "cli/main.cpp": '#include "geo/line.hpp"\n#include "out/map.hpp"\n',
        })
        self.assertFalse(failed)
        self.assertIn("4 files", told)

    def test_each_fault_is_found_with_its_place(self):
        for files, expected in [
            ({"geo/a.cpp": '\n#include "extractor/b.hpp"\n'}, "geo/a.cpp:2: geo may not use extractor"),
            ({"base/a.hpp": '#include "gazetteer/b.hpp"\n'}, "base/a.hpp:1: base may not use gazetteer"),
            ({"out/deep/a.cpp": '  #  include "geo/b.hpp"\n'}, "out/deep/a.cpp:1: out may not use geo"),
            ({"geo/a.cpp": '#include "tests/b.hpp"\n'}, "geo/a.cpp:1: nothing sees tests"),
            ({"geo/a.cpp": '#include "b.hpp"\n'}, "geo/a.cpp:1: includes are written from the root"),
            ({"geo/a.cpp": "#include <boost/geometry/index/rtree.hpp>\n"}, "geo/a.cpp:1: Boost.Geometry"),
            ({"geo/a.cpp": "\n" * 601}, "geo/a.cpp: 601 lines"),
        ]:
            with self.subTest(expected):
                failed, told = faults(files)
                self.assertTrue(failed)
                self.assertIn(expected, told)

    def test_no_files_at_all_is_a_fault(self):
        self.assertTrue(faults({})[0])


if __name__ == "__main__":
    unittest.main()
