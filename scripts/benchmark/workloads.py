"""What is measured: reads, writes, the query classes on declared indexes, and Stellio's W1 to W5."""
import json
import random
import sys
import time
import urllib.parse

from fixtures import BATCH, ENTITIES, count, fill, rare, station, vehicle

# The id of vehicle n in pgbench, which takes a colon for the beginning of a variable, in quotes too.
CHOSEN = "'urn' || chr(58) || 'ngsi-ld' || chr(58) || 'Vehicle' || chr(58) || lpad((:n)::integer::text, 7, '0')"


def get(query):
    return [f"GET\t{ENTITIES}?{query}\t"]


def fill_vehicles(bench, size):
    """As many vehicles, and one Rare for a hundred of them; what is there stays."""
    first = count(bench.hub, "Vehicle")
    seconds = fill(bench.hub, (vehicle(n) for n in range(first, size)), size - first)
    fill(bench.hub, (rare(n) for n in range(first // 100, size // 100)), size // 100 - first // 100)
    if count(bench.hub, "Vehicle") != size:
        sys.exit(f"{size} vehicles were acknowledged, {count(bench.hub, 'Vehicle')} are stored")
    bench.size = size
    print(f"{size:,} entities, filled in {seconds:.1f} s", flush=True)


def reads(bench):
    size = bench.size
    ids = [f"urn:ngsi-ld:Vehicle:{random.randrange(size):07d}" for _ in range(min(size, 20000))]
    bench.measure("HTTP floor", ["GET\t/healthz\t"], 50)
    bench.measure("retrieve by id", [f"GET\t{ENTITIES}/{id}\t" for id in ids], 50, limit=
                  f"\\set n random(0, {size - 1})\n"
                  f"SELECT id, types, scopes, created, modified, expires, doc FROM entity WHERE tenant = 1 AND id = {CHOSEN};\n")
    bench.measure("query type, limit=1", get("type=Vehicle&limit=1"), 50)
    bench.measure("query type, page of 20", get("type=Vehicle&limit=20"), 50, limit=
                  "SELECT e.id, types, scopes, created, modified, expires, doc FROM (SELECT id FROM entity_type WHERE tenant = 1 AND type = 'Vehicle' ORDER BY id LIMIT 20) t"
                  " JOIN entity e ON e.tenant = 1 AND e.id = t.id ORDER BY e.id;\n")
    bench.measure("query type, limit=100", get("type=Vehicle&limit=100"), 50)
    bench.measure("query rare type, page of 20", get("type=Rare&limit=20"), 50)
    bench.measure("query q brand, page of 20", get("type=Vehicle&q=brand==%22Kia%22&limit=20"), 8)
    places = [(128.4 + random.random() / 4, 35.7 + random.random() * max(size // 1000, 1) / 4000) for _ in range(500)]
    near = "georel=near;maxDistance==500&geometry=Point&coordinates="
    bench.measure("query near 500 m, page of 20", [
        f"GET\t{ENTITIES}?type=Vehicle&{near}%5B{x:.4f},{y:.4f}%5D&limit=20\t" for x, y in places], 8)
    bench.measure("query within a square of 500 m, page of 20", [
        f"GET\t{ENTITIES}?type=Vehicle&georel=within&geometry=Polygon&coordinates={square(x, y)}&limit=20\t" for x, y in places], 8)
    bench.measure("query scope of rare type, page of 20", [
        f"GET\t{ENTITIES}?type=Rare&scopeQ=/City/District{n}&limit=20\t" for n in range(50)], 8)
    half = size // 2
    bench.measure("page at half of the depth, offset alone", get(f"type=Vehicle&limit=20&offset={half}"), 4)
    if size > 2000:
        after = urllib.parse.quote(f"urn:ngsi-ld:Vehicle:{half - 1:07d}")
        bench.measure("page at half of the depth, by next link", get(f"type=Vehicle&limit=20&offset={half}&pageAfter={after}"), 50)
    bench.measure("count of a type", get("type=Vehicle&limit=0&count=true"), 4)


def square(x, y):
    corners = [[x, y], [x + .0055, y], [x + .0055, y + .0045], [x, y + .0045], [x, y]]
    return urllib.parse.quote(json.dumps([[[round(a, 4), round(b, 4)] for a, b in corners]], separators=(",", ":")))


def writes(bench):
    size = bench.size
    ids = [f"urn:ngsi-ld:Vehicle:{random.randrange(size):07d}" for _ in range(min(size, 20000))]
    patch = patches(ids)
    update = (f"\\set n random(0, {size - 1})\n"
              "UPDATE entity SET doc = doc || '', modified = now() WHERE tenant = 1 AND id = " + CHOSEN + ";\n")
    for clients in (1, 64, 256):
        bench.measure(f"PATCH one attribute, {clients} client{'s'[:clients > 1]}", patch, clients, limit=update)
    body = json.dumps(dict(vehicle(1, "New"), id="urn:ngsi-ld:New:{{unique}}"))
    before, acknowledged = count(bench.hub, "New"), 0
    for clients in (1, 64):
        acknowledged += bench.measure(f"create, {clients} client{'s'[:clients > 1]}", [f"POST\t{ENTITIES}\t{body}"], clients)
    if count(bench.hub, "New") - before < acknowledged:
        sys.exit(f"{acknowledged} creates were acknowledged, {count(bench.hub, 'New') - before} are stored")
    for batch, clients in ((20, 8), (1000, 4)):
        lines = [f"POST\t{BATCH}/upsert\t" + json.dumps([vehicle(n) for n in random.sample(range(size), batch)]) for _ in range(20)]
        bench.measure(f"batch upsert of {batch}", lines, clients, items=batch)


def patches(ids):
    return [f'PATCH\t{ENTITIES}/{id}/attrs\t{{"speed":{{"type":"Property","value":{{{{random}}}},"observedAt":"{{{{now}}}}"}}}}' for id in ids]


def indexed(bench):
    """The query classes that want a declared index, and what it costs writes."""
    indexes = [declare(bench.hub, "Vehicle", attribute) for attribute in ("brand", "speed")]
    ids = [f"urn:ngsi-ld:Vehicle:{random.randrange(bench.size):07d}" for _ in range(min(bench.size, 20000))]
    bench.measure("indexed: q brand (a quarter), page of 20", get("type=Vehicle&q=brand==%22Kia%22&limit=20"), 8)
    bench.measure("indexed: q speed equal (one in 120), page of 20", [
        f"GET\t{ENTITIES}?type=Vehicle&q=speed=={n}&limit=20\t" for n in range(120)], 8)
    bench.measure("indexed: q speed range, page of 20", get("type=Vehicle&q=speed%3E118&limit=20"), 8)
    bench.measure("indexed: orderBy speed, page of 20", get("type=Vehicle&orderBy=speed&limit=20&local=true"), 8)
    bench.measure("indexed: PATCH of an indexed attribute, 64 clients", patches(ids), 64)
    for address in indexes:
        bench.hub.call("DELETE", address)


def declare(hub, kind, attribute):
    """Declares a value index and waits until it holds every entity."""
    status, headers, body = hub.call("POST", "/atria/v1/indexes", {"type": kind, "attribute": attribute})
    if status != 201:
        sys.exit(f"declaring an index: {status} {body[:300]}")
    started = time.time()
    while json.loads(hub.call("GET", headers["Location"])[2])["state"] != "ready":
        time.sleep(0.2)
    print(f"index on {kind}.{attribute} filled in {time.time() - started:.1f} s", flush=True)
    return headers["Location"]


def stellio(bench, entities=1000, kinds=10):
    """W1 to W5 of stellio-hub/ngsild-load-tests: ten clients, a thousand entities."""
    bench.size = entities
    ids = [f"urn:ngsi-ld:Entity:{n:07d}" for n in range(entities)]
    if count(bench.hub, "Entity") == 0:
        fill(bench.hub, (station(id, "Entity", n) for n, id in enumerate(ids)), entities)
        fill(bench.hub, (station(f"urn:ngsi-ld:Typed:{n:07d}", f"Entity{n % kinds}", n) for n in range(entities)), entities)
    new = json.dumps(station("urn:ngsi-ld:Created:{{unique}}", "Created", 7))
    bench.measure("Stellio W1: create", [f"POST\t{ENTITIES}\t{new}"], 10)
    one = '{"type":"Property","value":{{random}},"observedAt":"{{now}}"}'
    two = ",".join(one[:-1] + f',"datasetId":"urn:ngsi-ld:Dataset:{depth}"}}' for depth in ("Bottom", "Surface"))
    bench.measure("Stellio W2: PATCH one attribute", [f'PATCH\t{ENTITIES}/{id}/attrs\t{{"dissolvedOxygen":{one}}}' for id in ids], 10)
    bench.measure("Stellio W3: PATCH five instances", [
        f'PATCH\t{ENTITIES}/{id}/attrs\t{{"ammonium":[{two}],"waterTemperature":[{two}],"dissolvedOxygen":{one}}}' for id in ids], 10)
    queries = []
    for _ in range(500):
        measure, text = random.choice(("ammonium", "waterTemperature", "dissolvedOxygen")), random.choice(("name", "description", "stationCode"))
        value = {"name": "Station ", "description": "River station ", "stationCode": "S"}[text] + str(random.randrange(100))
        queries.append((random.randrange(kinds), f'{measure}>{random.randrange(100)};{text}=="{value}"'))
    bench.measure("Stellio W4: query two attributes", [
        f"GET\t{ENTITIES}?type=Entity{kind}&q={urllib.parse.quote(q)}\t" for kind, q in queries], 10)
    bench.measure("Stellio W5: and a Relationship", [
        f"GET\t{ENTITIES}?type=Entity{kind}&q={urllib.parse.quote(f'{q};servesDataset==urn:ngsi-ld:Dataset:{n % 10}')}\t"
        for n, (kind, q) in enumerate(queries)], 10)
