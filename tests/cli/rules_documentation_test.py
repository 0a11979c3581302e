#!/usr/bin/env python3
"""Does what docs/rules.md and docs/tutorial-ships.md say, and compares. Usage: rules_documentation_test.py DEMARC ROOT"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

DEMARC, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])


def blocks(page):
    """The fenced blocks of a page: what stands behind the fence, content, line."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for match in re.finditer(r"^```([^\n]*)\n(.*?)^```$", text, re.M | re.S):
        yield match[1].split(), match[2], text.count("\n", 0, match.start()) + 1


def run(command, folder):
    environment = dict(os.environ, PATH=f"{DEMARC.parent}:{os.environ['PATH']}")
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, shell=isinstance(command, str))


DEFAULTS = {"name": '"x.y"', "phase": '"names"', "type": '"organisation"', "tokens": "'{cap}'", "examples": '["x"]', "not": '["y"]'}


def whole_rule(content):
    """A fragment of a rule with the keys that it leaves out; anything before [[rule]] stays before it."""
    head, found, rule = content.rpartition("[[rule]]\n")
    if not found and re.search(r"^(\[|off =)", content, re.M):
        return content
    given = set(re.findall(r"^(\w+) =", rule, re.M))
    phase = re.search(r"^phase = .*\n", head, re.M)
    return head + "[[rule]]\n" + rule.rstrip("\n") + "\n" + "".join(f"{key} = {value}\n" for key, value in DEFAULTS.items()
                                                                     if key not in given and not (key == "phase" and phase))


class Reference(unittest.TestCase):
    def test_each_example_does_what_the_page_says(self):
        legal = refused = 0
        for info, content, line in blocks("rules.md"):
            if not info or info[0] not in ("toml", "lexicon", "decisions"):
                continue
            with self.subTest(line=line), tempfile.TemporaryDirectory() as folder:
                message = re.findall(r"^#: (.*)\n", content, re.M)
                content = re.sub(r"^#: .*\n", "", content, flags=re.M)
                name = {"toml": "page.toml", "decisions": "page.decisions"}.get(info[0]) or info[-1]
                tried = "examples = " in content or info[0] == "decisions"
                if info[0] == "toml":
                    content = whole_rule(content)
                rules = pathlib.Path(folder, "rules")
                rules.mkdir()
                (rules / name).write_text(content, encoding="utf-8")
                result = run([DEMARC, "rules", "check" if tried else "list", "--rules", "rules"], folder)
                if "refused" in info:
                    refused += 1
                    self.assertEqual(len(message), 1)
                    self.assertEqual(result.returncode, 65, result.stdout[-500:] + content)
                    self.assertIn(message[0], result.stderr)
                else:
                    legal += 1
                    self.assertEqual(result.returncode, 0, result.stderr)
        self.assertGreater(legal, 8)
        self.assertGreater(refused, 25)


class Tutorial(unittest.TestCase):
    def test_typed_in_by_a_newcomer(self):
        self.maxDiff = None
        with tempfile.TemporaryDirectory() as name:
            folder, last = pathlib.Path(name), None
            for info, content, line in blocks("tutorial-ships.md"):
                with self.subTest(line=line):
                    if info == ["sh"]:
                        last = run(content, folder)
                        self.assertEqual(last.returncode, 0, last.stderr)
                    elif info[1] == "output":
                        self.assertEqual(last.stdout, content)
                    elif info[1] == "refused":
                        path = folder / info[2]
                        good = path.read_text(encoding="utf-8")
                        path.write_text(re.sub(r"^tokens = .*$", lambda _: " ".join(info[3:]), good, count=1, flags=re.M), encoding="utf-8")
                        result = run([DEMARC, "rules", "check", "--rules", "my-rules"], folder)
                        self.assertEqual((result.returncode, result.stderr), (65, content))
                        path.write_text(good, encoding="utf-8")
                    else:
                        path = folder / info[1]
                        path.parent.mkdir(exist_ok=True)
                        before = path.read_text(encoding="utf-8") if path.exists() else ""
                        if "replaces" in info:
                            before = before[:before.index("[[rule]]")]
                        path.write_text(before + content, encoding="utf-8")
            page = (folder / "out" / "map.html").read_text(encoding="utf-8")
            self.assertIn('{"name":"ship","label":"ship","colour":"#0e7490"}', page)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=1)
