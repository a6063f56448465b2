#!/usr/bin/env python3
"""Starts a hub, fills it with Fixture V and R and Stellio's, drives it with wrk, and prints what a request costs (see scripts/bench).

CPU µs per request, from /proc, is the stable figure; requests/s only compare within one table. Every write is checked: what was
acknowledged has to be stored, and any answer but 2xx ends the run."""
import argparse
import json
import os
import platform
import random
import time

import workloads
from measuring import HERE, Bench, Hub, resident


def table(rows, idle):
    text = [f"Measured on {time.strftime('%Y-%m-%d')}: {platform.machine()}, {os.cpu_count()} cores shared by wrk, hub and PostgreSQL "
            f"(fsync and synchronous_commit on, no history yet), Linux {platform.release()}. CPU µs per request; medians. "
            f"Idle: {idle:.0f} MiB.", "",
            "| entities | workload | clients | hub µs | PostgreSQL µs | sum µs | goal | per second | p50 ms | p99 ms | of pgbench |",
            "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for row in rows:
        rate = f"{row['per_second']:,}" + (f" ({row['entities_per_second']:,} entities)" if "entities_per_second" in row else "")
        text.append("| {size:,} | {name} | {clients} | {hub_us} | {postgres_us} | **{sum_us}** | {goal} | {rate} | {p50_ms} | {p99_ms} | {share} |".format(
            **row, goal=row["goal_us"] or "", rate=rate, share=f"{row['of_pgbench']:.0%}" if "of_pgbench" in row else ""))
    return "\n".join(text) + "\n"


def write(text):
    """Puts the table between the marks of docs/benchmarks.md; the words around it are written by people."""
    path = HERE + "/../../docs/benchmarks.md"
    page = open(path).read()
    start, end = "<!-- table: scripts/bench --write -->\n", "<!-- end of table -->\n"
    head, rest = page.split(start)
    open(path, "w").write(head + start + text + end + rest.split(end)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--sizes", default="1000,100000")
    parser.add_argument("--only", default="", help="regular expression on the names of workloads")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--database", default="postgres", help="name of the database in the hub's own PostgreSQL")
    parser.add_argument("--json", default=".build/bench.json")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    random.seed(7)
    hub = Hub(options.program)
    try:
        time.sleep(1)
        idle = resident([hub.process.pid])
        bench = Bench(options, hub)
        for size in map(int, options.sizes.split(",")):
            workloads.fill_vehicles(bench, size)
            workloads.reads(bench)
            workloads.writes(bench)
            workloads.indexed(bench)
        workloads.stellio(bench)
    finally:
        hub.stop()
    json.dump({"idle_mib": idle, "rows": bench.rows}, open(options.json, "w"), indent=1)
    if options.write:
        write(table(bench.rows, idle))


if __name__ == "__main__":
    main()
