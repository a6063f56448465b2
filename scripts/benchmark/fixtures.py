"""The entities of the workloads: Fixture V and R, and the entity of Stellio's load tests."""
import sys
import time

ENTITIES = "/ngsi-ld/v1/entities"
BATCH = "/ngsi-ld/v1/entityOperations"
TEXT = "Electric van of the municipal fleet, used for street cleaning and winter service. ".ljust(200, ".")


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


def rare(number):
    """One in a hundred; each is in one of fifty districts."""
    return dict(vehicle(number, "Rare"), scope=f"/City/District{number % 50}")


def station(id, kind, number):
    """What Stellio's k6 scripts create: values of two sensors by datasetId, sub-properties, a link, a place."""
    def measured(value, unit, depth):
        return {"type": "Property", "value": value, "unitCode": unit, "observedAt": "2026-11-20T10:00:00Z",
                "datasetId": f"urn:ngsi-ld:Dataset:{depth}"}
    return {
        "id": id, "type": kind,
        "name": {"type": "Property", "value": f"Station {number % 100}"},
        "description": {"type": "Property", "value": f"River station {number % 100}"},
        "stationCode": {"type": "Property", "value": f"S{number % 100}"},
        "ammonium": [measured(number % 100, "M1", "Bottom"), measured(number % 90, "M1", "Surface")],
        "dissolvedOxygen": {"type": "Property", "value": number % 100, "unitCode": "M1", "observedAt": "2026-11-20T10:00:00Z",
                            "sandreCode": {"type": "Property", "value": 1311}},
        "waterTemperature": [measured(number % 30, "CEL", "Bottom"), measured(number % 35, "CEL", "Surface")],
        "servesDataset": {"type": "Relationship", "object": f"urn:ngsi-ld:Dataset:{number % 10}"},
        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [round(5 + number % 1000 / 1000, 3), 45.5]}},
    }


def fill(hub, entities, total):
    """Creates `entities`, `total` of them, a thousand at a time."""
    started, batch, done = time.time(), [], 0
    for entity in entities:
        batch.append(entity)
        done += 1
        if len(batch) == 1000 or done == total:
            status, _, body = hub.call("POST", BATCH + "/create", batch)
            if status != 201:
                sys.exit(f"filling: {status} {body[:300]}")
            batch = []
    return time.time() - started


def count(hub, kind):
    return int(hub.call("GET", f"{ENTITIES}?type={kind}&limit=0&count=true")[1]["NGSILD-Results-Count"])
