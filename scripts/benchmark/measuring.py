"""A hub of its own with its PostgreSQL, and what a request to it costs: processor time from /proc, rates and latencies from wrk."""
import http.client
import json
import os
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
TICKS = os.sysconf("SC_CLK_TCK")

# What performance.md asks for, in CPU µs of hub and PostgreSQL together.
GOALS = {"retrieve by id": 25, "query type, page of 20": 150, "PATCH one attribute, 64 clients": 60, "create, 64 clients": 90}


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
        """How many requests were answered. `limit`: the pgbench script of the same statements; `items`: entities per request."""
        if not re.search(self.options.only, name):
            return 0
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
        return row["requests"]

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
