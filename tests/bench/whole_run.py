#!/usr/bin/env python3
"""Times `demarc extract` over files as a user would run it, against a calibration loop and `wc -w`, in one session.

  whole_run.py PROGRAM CALIBRATE FILE... [--runs N] [--repeat BYTES]

The texts (plain, or the `text` of JSONL records) are joined and repeated to at least --repeat bytes, written as JSONL records of the
original documents, and extracted with --jobs 1 and 2. Prints MB (10^6 bytes of text) for a second of processor time of all threads, which
neighbours on the machine disturb less, and of wall time; the ratios are of processor time; peak memory.
"""
import argparse, json, os, re, subprocess, sys, tempfile, time


def documents(path):
    if path.endswith(".jsonl"):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)["text"]
    else:
        with open(path, encoding="utf-8") as file:
            yield file.read()


def timed(command):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed with {status}: {error.decode()[:300]}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program"), parser.add_argument("calibrate"), parser.add_argument("files", nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--repeat", type=int, default=20_000_000)
    options = parser.parse_args()
    texts = [text for path in options.files for text in documents(path)]
    size = sum(len(text.encode()) for text in texts)
    times = max(1, -(-options.repeat // size))
    with tempfile.TemporaryDirectory() as folder:
        records, plain = os.path.join(folder, "in.jsonl"), os.path.join(folder, "in.txt")
        with open(records, "w", encoding="utf-8") as out, open(plain, "w", encoding="utf-8") as joined:
            for turn in range(times):
                for index, text in enumerate(texts):
                    out.write(json.dumps({"id": f"{turn}-{index}", "text": text}, ensure_ascii=False) + "\n")
                    joined.write(text + "\n\n")
        megabytes = size * times / 1e6
        words = min(timed(["wc", "-w", plain])[1] for _ in range(options.runs))
        yardstick = float(re.match(r"[\d.]+", subprocess.run([options.calibrate, plain, str(options.runs)], capture_output=True, text=True, check=True).stdout).group())
        print(f"{megabytes:.1f} MB in {len(texts) * times} documents; wc -w {megabytes / words:.0f} MB/s; calibration {yardstick:.0f} MB/s")
        for jobs in (1, 2):
            runs = [timed([options.program, "extract", records, "--input-format", "jsonl", "-o", os.path.join(folder, f"out{jobs}"), "--jobs", str(jobs), "--quiet"])
                    for _ in range(options.runs)]
            speed = megabytes / min(run[1] for run in runs)
            print(f"--jobs {jobs}: {speed:.1f} MB/s of processor time, {megabytes / min(run[0] for run in runs):.1f} of wall time; "
                  f"{speed / yardstick:.3f} of calibration, {speed / (megabytes / words):.3f} of wc -w; peak {max(run[2] for run in runs):.0f} MB")


if __name__ == "__main__":
    main()
