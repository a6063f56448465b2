#!/usr/bin/env python3
"""Starts a hub, fills it with Fixture V and R, drives it with wrk, and prints what a request costs (see scripts/bench).

CPU µs per request, from /proc, is the stable figure; requests/s only compare within one table. Every write is checked: what was
acknowledged has to be stored, and any answer but 2xx ends the run."""
import argparse
import http.client
import json
import os
import platform
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ENTITIES = "/ngsi-ld/v1/entities"
BATCH = "/ngsi-ld/v1/entityOperations"
TICKS = os.sysconf("SC_CLK_TCK")
TEXT = "Electric van of the municipal fleet, used for street cleaning and winter service. ".ljust(200, ".")

# What performance.md asks for, in CPU µs of hub and PostgreSQL together.
GOALS = {"retrieve by id": 25, "query type, page of 20": 150, "PATCH one attribute, 64 clients": 60, "create, 64 clients": 90}

# The id of vehicle n in pgbench, which takes a colon for the beginning of a variable, in quotes too.
CHOSEN = "'urn' || chr(58) || 'ngsi-ld' || chr(58) || 'Vehicle' || chr(58) || lpad((:n)::integer::text, 7, '0')"


def vehicle(number, kind="Vehicle"):
    return {
        "id": f"urn:ngsi-ld:{kind}:{number:07d}", "type": kind,
        "brand": {"type": "Property", "value": ("Volvo", "Hyundai", "Kia", "Scania")[number % 4]},
        "speed": {"type": "Property", "value": number % 120, "observedAt": "2026-11-20T10:00:00Z"},
        "location": {"type": "GeoProperty", "value": {
            "type": "Point", "coordinates": [round(128.4 + number % 1000 / 4000, 6), round(35.7 + number // 1000 % 1000 / 4000, 6)]}},
        "isParked": {"type": "Relationship", "object": f"urn:ngsi-ld:OffStreetParking:{number % 50}"},
        "description": {"type": "Property", "value": TEXT},
    }


# MARK: processes

def processor(pids):
    """Seconds of processor time of `pids` and of the children that they have waited for."""
    total = 0
    for pid in pids:
        try:
            fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def descendants(root):
    parents = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            parents.setdefault(int(open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[1]), []).append(int(pid))
        except OSError:
            pass
    found, todo = [], [root]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return found


def resident(pids):
    """MiB, by proportional set size where the kernel says it."""
    total = 0
    for pid in pids:
        try:
            text = open(f"/proc/{pid}/smaps_rollup").read()
            total += int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1])
        except (OSError, TypeError):
            pass
    return total / 1024


class Hub:
    def __init__(self, program):
        self.directory = tempfile.mkdtemp(prefix="atria-bench-")
        os.chmod(self.directory, 0o755)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = open(os.path.join(self.directory, "hub.log"), "w")
        environment = {key: value for key, value in os.environ.items() if not key.startswith("ATRIA_")}
        self.process = subprocess.Popen(
            [os.path.abspath(program), "serve", "--listen", f"127.0.0.1:{self.port}", "--data-dir", self.directory + "/data"],
            stdout=self.log, stderr=self.log, env=dict(environment, ATRIA_LOG_LEVEL="warning"))
        for _ in range(600):
            try:
                if self.call("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit("the hub did not start:\n" + open(self.log.name).read())

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    @property
    def database(self):
        """The postmaster: the child of the hub that has a postmaster.pid in its working directory."""
        for pid in descendants(self.process.pid):
            where = os.readlink(f"/proc/{pid}/cwd")
            if os.path.exists(where + "/postmaster.pid"):
                lines = open(where + "/postmaster.pid").read().split("\n")
                if lines[0] == str(pid):
                    return pid, lines[4], lines[3]
        sys.exit("the hub has no PostgreSQL of its own")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        shutil.rmtree(self.directory, ignore_errors=True)


# MARK: measuring

class Bench:
    def __init__(self, options, hub):
        self.options, self.hub, self.rows, self.size = options, hub, [], 0
        self.postmaster, self.socket, self.port = hub.database

    def wrk(self, lines, clients, seconds):
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
            file.write("".join(line + "\n" for line in lines))
            file.flush()
            before = processor([self.hub.process.pid]), processor([self.postmaster] + descendants(self.postmaster))
            output = subprocess.run(
                ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", HERE + "/requests.lua",
                 f"http://127.0.0.1:{self.hub.port}", "--", file.name, str(time.time_ns())],
                capture_output=True, text=True).stdout
            time.sleep(0.3)
            after = processor([self.hub.process.pid]), processor([self.postmaster] + descendants(self.postmaster))
        found = re.search(r'^\{"requests".*\}$', output, re.M)
        if not found:
            sys.exit("wrk gave no summary:\n" + output)
        run = json.loads(found[0])
        if run["refused"] or run["broken"]:
            sys.exit(f"{run['refused']} answers were not 2xx, {run['broken']} connections broke:\n{output}")
        count = max(run["requests"], 1)
        run.update(hub=(after[0] - before[0]) / count * 1e6, postgres=(after[1] - before[1]) / count * 1e6, rate=count / run["seconds"])
        return run

    def measure(self, name, lines, clients, limit=None, items=1):
        """`limit`: the pgbench script of the same statements; `items`: entities per request."""
        if not re.search(self.options.only, name):
            return
        self.wrk(lines, clients, 1)
        runs = [self.wrk(lines, clients, self.options.seconds) for _ in range(self.options.repeat)]
        median = sorted(runs, key=lambda run: run["hub"] + run["postgres"])[len(runs) // 2]
        row = {"size": self.size, "name": name, "clients": clients,
               "hub_us": round(median["hub"], 1), "postgres_us": round(median["postgres"], 1),
               "sum_us": round(median["hub"] + median["postgres"], 1), "goal_us": GOALS.get(name),
               "per_second": round(statistics.median(run["rate"] for run in runs)),
               "p50_ms": median["p50"], "p99_ms": median["p99"], "requests": sum(run["requests"] for run in runs),
               "hub_mib": round(resident([self.hub.process.pid]))}
        if items > 1:
            row["entities_per_second"] = row["per_second"] * items
        if limit:
            row["pgbench_per_second"] = self.pgbench(limit, clients)
            row["of_pgbench"] = round(row["per_second"] / row["pgbench_per_second"], 2)
        self.rows.append(row)
        print("{size:>9,} {name:34} {hub_us:>8} {postgres_us:>8} {sum_us:>9} µs {per_second:>8,}/s  p50 {p50_ms:.2f}  p99 {p99_ms:.2f} ms  {hub_mib} MiB".format(**row)
              + (f"  {row['of_pgbench']:.0%} of pgbench" if limit else ""), flush=True)

    def pgbench(self, script, clients):
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            os.chmod(file.name, 0o644)
            owner = os.stat(f"/proc/{self.postmaster}").st_uid
            tool = os.path.join(os.path.dirname(os.readlink(f"/proc/{self.postmaster}/exe")), "pgbench")
            output = subprocess.run(
                [tool, "-h", self.socket, "-p", self.port, "-U", "atria", "-n", "-M", "prepared", "-c", str(min(clients, 32)), "-j", "1",
                 "-T", str(self.options.seconds), "-f", file.name, self.options.database],
                capture_output=True, text=True, user=owner if os.geteuid() == 0 else None)
        found = re.search(r"tps = ([\d.]+)", output.stdout)
        if not found:
            sys.exit("pgbench failed:\n" + output.stderr[:1000])
        return round(float(found[1]))

    def count(self, kind):
        return int(self.hub.call("GET", f"{ENTITIES}?type={kind}&limit=0&count=true")[1]["NGSILD-Results-Count"])

    def fill(self, size):
        started, first = time.time(), self.count("Vehicle")
        for kind, total in (("Vehicle", size), ("Rare", size // 100)):
            for start in range(first if kind == "Vehicle" else first // 100, total, 1000):
                status, _, body = self.hub.call("POST", BATCH + "/create", [vehicle(n, kind) for n in range(start, min(start + 1000, total))])
                if status != 201:
                    sys.exit(f"filling: {status} {body[:300]}")
        if self.count("Vehicle") != size:
            sys.exit(f"{size} vehicles were acknowledged, {self.count('Vehicle')} are stored")
        self.size = size
        print(f"{size:,} entities, filled in {time.time() - started:.1f} s", flush=True)

    def reads(self):
        ids = [f"urn:ngsi-ld:Vehicle:{random.randrange(self.size):07d}" for _ in range(min(self.size, 20000))]
        get = lambda query: [f"GET\t{ENTITIES}?{query}\t"]  # noqa: E731
        self.measure("HTTP floor", ["GET\t/healthz\t"], 50)
        self.measure("retrieve by id", [f"GET\t{ENTITIES}/{id}\t" for id in ids], 50, limit=
                     f"\\set n random(0, {self.size - 1})\n"
                     f"SELECT id, types, scopes, created, modified, expires, doc FROM entity WHERE tenant = 1 AND id = {CHOSEN};\n")
        self.measure("query type, limit=1", get("type=Vehicle&limit=1"), 50)
        self.measure("query type, page of 20", get("type=Vehicle&limit=20"), 50, limit=
                     "SELECT e.id, types, scopes, created, modified, expires, doc FROM (SELECT id FROM entity_type WHERE tenant = 1 AND type = 'Vehicle' ORDER BY id LIMIT 20) t"
                     " JOIN entity e ON e.tenant = 1 AND e.id = t.id ORDER BY e.id;\n")
        self.measure("query type, limit=100", get("type=Vehicle&limit=100"), 50)
        self.measure("query q brand, page of 20", get("type=Vehicle&q=brand==%22Kia%22&limit=20"), 50)
        self.measure("query near 500 m, page of 20", [
            f"GET\t{ENTITIES}?type=Vehicle&georel=near;maxDistance==500&geometry=Point&coordinates=%5B{128.4 + random.random() / 4:.4f},"
            f"{35.7 + random.random() * max(self.size // 1000, 1) / 4000:.4f}%5D&limit=20\t" for _ in range(500)], 50)
        self.measure("query rare type, page of 20", get("type=Rare&limit=20"), 50)
        self.measure("page at half of the depth", get(f"type=Vehicle&limit=20&offset={self.size // 2}"), 4)
        self.measure("count of a type", get("type=Vehicle&limit=0&count=true"), 4)

    def writes(self):
        ids = [f"urn:ngsi-ld:Vehicle:{random.randrange(self.size):07d}" for _ in range(min(self.size, 20000))]
        patch = [f'PATCH\t{ENTITIES}/{id}/attrs\t{{"speed":{{"type":"Property","value":{{{{random}}}},"observedAt":"{{{{now}}}}"}}}}' for id in ids]
        update = (f"\\set n random(0, {self.size - 1})\n"
                  "UPDATE entity SET doc = jsonb_set(doc, '{speed,value}', '7'), modified = now() WHERE tenant = 1 AND id = " + CHOSEN + ";\n")
        for clients in (1, 64, 256):
            self.measure(f"PATCH one attribute, {clients} client{'s'[:clients > 1]}", patch, clients, limit=update)
        body = json.dumps(dict(vehicle(1, "New"), id="urn:ngsi-ld:New:{{unique}}"))
        before = self.count("New")
        acknowledged = sum(row["requests"] for row in self.rows if row["name"].startswith("create"))
        for clients in (1, 64):
            self.measure(f"create, {clients} client{'s'[:clients > 1]}", [f"POST\t{ENTITIES}\t{body}"], clients)
        acknowledged = sum(row["requests"] for row in self.rows if row["name"].startswith("create")) - acknowledged
        if self.count("New") - before < acknowledged:
            sys.exit(f"{acknowledged} creates were acknowledged, {self.count('New') - before} are stored")
        for size, clients in ((20, 8), (1000, 4)):
            lines = [f"POST\t{BATCH}/upsert\t" + json.dumps([vehicle(n) for n in random.sample(range(self.size), size)]) for _ in range(20)]
            self.measure(f"batch upsert of {size}", lines, clients, items=size)


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
            bench.fill(size)
            bench.reads()
            bench.writes()
    finally:
        hub.stop()
    json.dump({"idle_mib": idle, "rows": bench.rows}, open(options.json, "w"), indent=1)
    if options.write:
        write(table(bench.rows, idle))


if __name__ == "__main__":
    main()
