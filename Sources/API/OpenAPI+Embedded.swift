// Written by scripts/embed-schemas from Schemas/openapi/openapi.json: change that, then run it.

extension OpenAPI {
    /// Changes with the text.
    static let entityTag = #""c74a1b442918ca27""#

    static let text = ##"""
        {
          "openapi": "3.1.0",
          "info": {
            "title": "Atria",
            "version": "1.9.1",
            "summary": "A smart city data hub: ETSI NGSI-LD (GS CIM 009 V1.9.1), entities as they are now.",
            "description": "Numbers in brackets are clauses of GS CIM 009 V1.9.1. Whatever answers GET answers HEAD. A parameter that a resource does not know is refused (6.3.20), and so is one that is given twice. Bodies may be compressed with gzip or deflate, and answers are where Accept-Encoding allows it. docs/api.md tells by examples what each operation is for.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}
          },
          "servers": [{"url": "/"}],
          "tags": [
            {"name": "Provision", "description": "Writing entities and attributes (5.6)."},
            {"name": "Batch", "description": "Many entities in one request (5.6.7–5.6.10, 5.6.20)."},
            {"name": "Consumption", "description": "Reading entities (5.7.1, 5.7.2)."},
            {"name": "Discovery", "description": "What types and attributes there are (5.7.5–5.7.10)."},
            {"name": "Contexts", "description": "JSON-LD @contexts that the hub keeps (5.13)."},
            {"name": "Hub", "description": "The hub itself: who it is, how it is, its tenants."}
          ],
          "paths": {
            "/ngsi-ld/v1/entities": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "get": {
                "operationId": "queryEntities",
                "summary": "The entities that match (5.7.2, 6.4.3.2)",
                "tags": ["Consumption"],
                "description": "At least a type, an attribute (attrs or q) or a place is named, unless local=true or type=* asks for all that is here (5.7.2.4). The setting queries.by-id-local lets id or idPattern do too.",
                "parameters": [
                  {"$ref": "#/components/parameters/Prefer"},
                  {"$ref": "#/components/parameters/ids"},
                  {"$ref": "#/components/parameters/idPattern"},
                  {"$ref": "#/components/parameters/type"},
                  {"$ref": "#/components/parameters/q"},
                  {"$ref": "#/components/parameters/csf"},
                  {"$ref": "#/components/parameters/georel"},
                  {"$ref": "#/components/parameters/geometry"},
                  {"$ref": "#/components/parameters/coordinates"},
                  {"$ref": "#/components/parameters/geoproperty"},
                  {"$ref": "#/components/parameters/scopeQ"},
                  {"$ref": "#/components/parameters/expandValues"},
                  {"$ref": "#/components/parameters/jsonKeys"},
                  {"$ref": "#/components/parameters/orderBy"},
                  {"$ref": "#/components/parameters/orderFrom"},
                  {"$ref": "#/components/parameters/orderGeometry"},
                  {"$ref": "#/components/parameters/collation"},
                  {"$ref": "#/components/parameters/attrs"},
                  {"$ref": "#/components/parameters/pick"},
                  {"$ref": "#/components/parameters/omit"},
                  {"$ref": "#/components/parameters/options"},
                  {"$ref": "#/components/parameters/format"},
                  {"$ref": "#/components/parameters/lang"},
                  {"$ref": "#/components/parameters/datasetId"},
                  {"$ref": "#/components/parameters/geometryProperty"},
                  {"$ref": "#/components/parameters/join"},
                  {"$ref": "#/components/parameters/joinLevel"},
                  {"$ref": "#/components/parameters/containedBy"},
                  {"$ref": "#/components/parameters/local"},
                  {"$ref": "#/components/parameters/entityMap"},
                  {"$ref": "#/components/parameters/entityMapLifetime"},
                  {"$ref": "#/components/parameters/splitEntities"},
                  {"$ref": "#/components/parameters/limit"},
                  {"$ref": "#/components/parameters/offset"},
                  {"$ref": "#/components/parameters/pageAfter"},
                  {"$ref": "#/components/parameters/count"}
                ],
                "responses": {
                  "200": {"$ref": "#/components/responses/Entities"},
                  "203": {"$ref": "#/components/responses/EarlierVersion"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "403": {"$ref": "#/components/responses/TooMuch"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "406": {"$ref": "#/components/responses/NotAcceptable"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "post": {
                "operationId": "createEntity",
                "summary": "Create an entity (5.6.1, 6.4.3.1)",
                "tags": ["Provision"],
                "parameters": [{"$ref": "#/components/parameters/local"}],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/Entity"},
                      "example": {
                        "id": "urn:ngsi-ld:OffStreetParking:central",
                        "type": "OffStreetParking",
                        "name": {"type": "LanguageProperty", "languageMap": {"en": "Central car park", "ko": "중앙 주차장"}},
                        "availableSpotNumber": {"type": "Property", "value": 42, "observedAt": "2026-11-20T10:00:00Z"},
                        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [128.5947, 35.869]}}
                      }
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/Entity"}}
                  }
                },
                "responses": {
                  "201": {"$ref": "#/components/responses/Created"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "409": {"$ref": "#/components/responses/AlreadyExists"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "delete": {
                "operationId": "purgeEntities",
                "summary": "Delete the entities that match, or attributes of them (5.6.21, 6.4.3.3)",
                "tags": ["Provision"],
                "description": "Names what is to go as a query does (5.7.2.4). Page by page: what is created behind it meanwhile stays.",
                "parameters": [
                  {"$ref": "#/components/parameters/ids"},
                  {"$ref": "#/components/parameters/idPattern"},
                  {"$ref": "#/components/parameters/type"},
                  {"$ref": "#/components/parameters/q"},
                  {"$ref": "#/components/parameters/csf"},
                  {"$ref": "#/components/parameters/georel"},
                  {"$ref": "#/components/parameters/geometry"},
                  {"$ref": "#/components/parameters/coordinates"},
                  {"$ref": "#/components/parameters/geoproperty"},
                  {"$ref": "#/components/parameters/scopeQ"},
                  {"$ref": "#/components/parameters/purgeAttrs"},
                  {"$ref": "#/components/parameters/drop"},
                  {"$ref": "#/components/parameters/keep"},
                  {"$ref": "#/components/parameters/purgeGeometryProperty"},
                  {"$ref": "#/components/parameters/local"}
                ],
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "403": {"$ref": "#/components/responses/TooMuch"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/entities/{entityId}": {
              "parameters": [
                {"$ref": "#/components/parameters/entityId"},
                {"$ref": "#/components/parameters/NGSILD-Tenant"},
                {"$ref": "#/components/parameters/Link"}
              ],
              "get": {
                "operationId": "retrieveEntity",
                "summary": "An entity (5.7.1, 6.5.3.1)",
                "tags": ["Consumption"],
                "parameters": [
                  {"$ref": "#/components/parameters/Prefer"},
                  {"$ref": "#/components/parameters/typeGuard"},
                  {"$ref": "#/components/parameters/attrs"},
                  {"$ref": "#/components/parameters/pick"},
                  {"$ref": "#/components/parameters/omit"},
                  {"$ref": "#/components/parameters/options"},
                  {"$ref": "#/components/parameters/format"},
                  {"$ref": "#/components/parameters/lang"},
                  {"$ref": "#/components/parameters/datasetId"},
                  {"$ref": "#/components/parameters/geometryProperty"},
                  {"$ref": "#/components/parameters/join"},
                  {"$ref": "#/components/parameters/joinLevel"},
                  {"$ref": "#/components/parameters/containedBy"},
                  {"$ref": "#/components/parameters/local"},
                  {"$ref": "#/components/parameters/entityMap"},
                  {"$ref": "#/components/parameters/entityMapLifetime"}
                ],
                "responses": {
                  "200": {"$ref": "#/components/responses/Entity"},
                  "203": {"$ref": "#/components/responses/EarlierVersion"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "403": {"$ref": "#/components/responses/TooMuch"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "406": {"$ref": "#/components/responses/NotAcceptable"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "put": {
                "operationId": "replaceEntity",
                "summary": "Replace an entity (5.6.18, 6.5.3.3)",
                "tags": ["Provision"],
                "parameters": [{"$ref": "#/components/parameters/typeGuard"}, {"$ref": "#/components/parameters/local"}],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/Entity"},
                      "example": {
                        "id": "urn:ngsi-ld:OffStreetParking:central",
                        "type": "OffStreetParking",
                        "name": {"type": "LanguageProperty", "languageMap": {"en": "Central car park", "ko": "중앙 주차장"}},
                        "availableSpotNumber": {"type": "Property", "value": 42, "observedAt": "2026-11-20T10:00:00Z"},
                        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [128.5947, 35.869]}}
                      }
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/Entity"}}
                  }
                },
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "patch": {
                "operationId": "mergeEntity",
                "summary": "Merge into an entity (5.6.17, 6.5.3.4)",
                "tags": ["Provision"],
                "description": "As JSON Merge Patch, attribute by attribute: what is sent replaces its counterpart, `urn:ngsi-ld:null` deletes it, the rest stays.",
                "parameters": [
                  {"$ref": "#/components/parameters/typeGuard"},
                  {"$ref": "#/components/parameters/optionsMerge"},
                  {"$ref": "#/components/parameters/formatMerge"},
                  {"$ref": "#/components/parameters/langMerge"},
                  {"$ref": "#/components/parameters/observedAt"},
                  {"$ref": "#/components/parameters/local"}
                ],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/EntityFragment"},
                      "example": {"availableSpotNumber": {"type": "Property", "value": 41, "observedAt": "2026-11-20T10:05:00Z"}}
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/EntityFragment"}},
                    "application/merge-patch+json": {"schema": {"$ref": "#/components/schemas/EntityFragment"}}
                  }
                },
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "delete": {
                "operationId": "deleteEntity",
                "summary": "Delete an entity (5.6.6, 6.5.3.2)",
                "tags": ["Provision"],
                "parameters": [{"$ref": "#/components/parameters/typeGuard"}, {"$ref": "#/components/parameters/local"}],
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/entities/{entityId}/attrs": {
              "parameters": [
                {"$ref": "#/components/parameters/entityId"},
                {"$ref": "#/components/parameters/NGSILD-Tenant"},
                {"$ref": "#/components/parameters/Link"}
              ],
              "post": {
                "operationId": "appendAttributes",
                "summary": "Append attributes (5.6.3, 6.6.3.1)",
                "tags": ["Provision"],
                "parameters": [
                  {"$ref": "#/components/parameters/typeGuard"},
                  {"$ref": "#/components/parameters/optionsAppend"},
                  {"$ref": "#/components/parameters/local"}
                ],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/EntityFragment"},
                      "example": {"totalSpotNumber": {"type": "Property", "value": 180}}
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/EntityFragment"}}
                  }
                },
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "207": {"$ref": "#/components/responses/UpdateResult"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "patch": {
                "operationId": "updateAttributes",
                "summary": "Update attributes (5.6.2, 6.6.3.2)",
                "tags": ["Provision"],
                "description": "Each instance that is sent replaces the one with its datasetId whole, or is added; `urn:ngsi-ld:null` deletes it, and the rest stays. A scope is replaced only where there is one: 207.",
                "parameters": [{"$ref": "#/components/parameters/typeGuard"}, {"$ref": "#/components/parameters/local"}],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/EntityFragment"},
                      "example": {"availableSpotNumber": {"type": "Property", "value": 41, "observedAt": "2026-11-20T10:05:00Z"}}
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/EntityFragment"}},
                    "application/merge-patch+json": {"schema": {"$ref": "#/components/schemas/EntityFragment"}}
                  }
                },
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "207": {"$ref": "#/components/responses/UpdateResult"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/entities/{entityId}/attrs/{attrName}": {
              "parameters": [
                {"$ref": "#/components/parameters/entityId"},
                {"$ref": "#/components/parameters/attrName"},
                {"$ref": "#/components/parameters/NGSILD-Tenant"},
                {"$ref": "#/components/parameters/Link"}
              ],
              "put": {
                "operationId": "replaceAttribute",
                "summary": "Replace an instance of an attribute (5.6.19, 6.7.3.3)",
                "tags": ["Provision"],
                "parameters": [{"$ref": "#/components/parameters/typeGuard"}, {"$ref": "#/components/parameters/local"}],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/Attribute"},
                      "example": {"type": "Property", "value": 40}
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/Attribute"}}
                  }
                },
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "patch": {
                "operationId": "partiallyUpdateAttribute",
                "summary": "Update parts of an instance of an attribute (5.6.4, 6.7.3.1)",
                "tags": ["Provision"],
                "parameters": [{"$ref": "#/components/parameters/typeGuard"}, {"$ref": "#/components/parameters/local"}],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/AttributeFragment"},
                      "example": {"value": 39, "observedAt": "2026-11-20T10:10:00Z"}
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/AttributeFragment"}},
                    "application/merge-patch+json": {"schema": {"$ref": "#/components/schemas/AttributeFragment"}}
                  }
                },
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "delete": {
                "operationId": "deleteAttribute",
                "summary": "Delete an attribute, or an instance of it (5.6.5, 6.7.3.2)",
                "tags": ["Provision"],
                "parameters": [
                  {"$ref": "#/components/parameters/typeGuard"},
                  {"$ref": "#/components/parameters/datasetIdDeleted"},
                  {"$ref": "#/components/parameters/deleteAll"},
                  {"$ref": "#/components/parameters/local"}
                ],
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/entityOperations/create": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "post": {
                "operationId": "batchCreate",
                "summary": "Create entities (5.6.7, 6.14.3.1)",
                "tags": ["Batch"],
                "parameters": [{"$ref": "#/components/parameters/local"}],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/Entities"},
                      "example": [
                        {"id": "urn:ngsi-ld:Streetlight:1", "type": "Streetlight", "powerState": {"type": "Property", "value": "on"}},
                        {"id": "urn:ngsi-ld:Streetlight:2", "type": "Streetlight", "powerState": {"type": "Property", "value": "off"}}
                      ]
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/Entities"}}
                  }
                },
                "responses": {
                  "201": {"$ref": "#/components/responses/Ids"},
                  "207": {"$ref": "#/components/responses/BatchResult"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/entityOperations/upsert": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "post": {
                "operationId": "batchUpsert",
                "summary": "Create entities, and replace or update those that are there (5.6.8, 6.15.3.1)",
                "tags": ["Batch"],
                "description": "201 with the ids of the entities that were created; 204 where all were there already.",
                "parameters": [{"$ref": "#/components/parameters/optionsUpsert"}, {"$ref": "#/components/parameters/local"}],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/Entities"},
                      "example": [
                        {"id": "urn:ngsi-ld:Streetlight:2", "type": "Streetlight", "powerState": {"type": "Property", "value": "on"}},
                        {"id": "urn:ngsi-ld:Streetlight:3", "type": "Streetlight", "powerState": {"type": "Property", "value": "on"}}
                      ]
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/Entities"}}
                  }
                },
                "responses": {
                  "201": {"$ref": "#/components/responses/Ids"},
                  "204": {"$ref": "#/components/responses/Done"},
                  "207": {"$ref": "#/components/responses/BatchResult"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/entityOperations/update": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "post": {
                "operationId": "batchUpdate",
                "summary": "Append attributes to entities (5.6.9, 6.16.3.1)",
                "tags": ["Batch"],
                "parameters": [{"$ref": "#/components/parameters/optionsAppend"}, {"$ref": "#/components/parameters/local"}],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/EntityFragments"},
                      "example": [
                        {"id": "urn:ngsi-ld:Streetlight:1", "type": "Streetlight", "powerState": {"type": "Property", "value": "off"}}
                      ]
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/EntityFragments"}}
                  }
                },
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "207": {"$ref": "#/components/responses/BatchResult"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/entityOperations/merge": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "post": {
                "operationId": "batchMerge",
                "summary": "Merge into entities (5.6.20, 6.31.3.1)",
                "tags": ["Batch"],
                "parameters": [{"$ref": "#/components/parameters/local"}],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/EntityFragments"},
                      "example": [{"id": "urn:ngsi-ld:Streetlight:1", "powerState": {"value": "low"}}]
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/EntityFragments"}}
                  }
                },
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "207": {"$ref": "#/components/responses/BatchResult"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/entityOperations/delete": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "post": {
                "operationId": "batchDelete",
                "summary": "Delete entities (5.6.10, 6.17.3.1)",
                "tags": ["Batch"],
                "parameters": [{"$ref": "#/components/parameters/local"}],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"type": "array", "minItems": 1, "maxItems": 10000, "items": {"type": "string", "format": "uri"}},
                      "example": ["urn:ngsi-ld:Streetlight:3"]
                    },
                    "application/ld+json": {
                      "schema": {"type": "array", "minItems": 1, "maxItems": 10000, "items": {"type": "string", "format": "uri"}}
                    }
                  }
                },
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "207": {"$ref": "#/components/responses/BatchResult"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/entityOperations/query": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "post": {
                "operationId": "queryEntitiesByPost",
                "summary": "The entities that match the query in the body (5.7.2, 6.23.3.1)",
                "tags": ["Consumption"],
                "description": "For what no URL can hold. What the body says is not said by a parameter too.",
                "parameters": [
                  {"$ref": "#/components/parameters/Prefer"},
                  {"$ref": "#/components/parameters/options"},
                  {"$ref": "#/components/parameters/format"},
                  {"$ref": "#/components/parameters/geometryProperty"},
                  {"$ref": "#/components/parameters/local"},
                  {"$ref": "#/components/parameters/limit"},
                  {"$ref": "#/components/parameters/offset"},
                  {"$ref": "#/components/parameters/pageAfter"},
                  {"$ref": "#/components/parameters/count"}
                ],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/Query"},
                      "example": {
                        "type": "Query",
                        "entities": [{"type": "OffStreetParking"}],
                        "q": "availableSpotNumber>0",
                        "geoQ": {"georel": "near;maxDistance==500", "geometry": "Point", "coordinates": [128.5947, 35.869]}
                      }
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/Query"}}
                  }
                },
                "responses": {
                  "200": {"$ref": "#/components/responses/Entities"},
                  "203": {"$ref": "#/components/responses/EarlierVersion"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "403": {"$ref": "#/components/responses/TooMuch"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "406": {"$ref": "#/components/responses/NotAcceptable"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/types": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "get": {
                "operationId": "listTypes",
                "summary": "The types of the entities (5.7.5, 5.7.6, 6.25.3.1)",
                "tags": ["Discovery"],
                "parameters": [
                  {"$ref": "#/components/parameters/details"},
                  {"$ref": "#/components/parameters/count"},
                  {"$ref": "#/components/parameters/local"}
                ],
                "responses": {
                  "200": {"$ref": "#/components/responses/Types"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "406": {"$ref": "#/components/responses/NotAcceptable"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/types/{typeName}": {
              "parameters": [
                {"$ref": "#/components/parameters/typeName"},
                {"$ref": "#/components/parameters/NGSILD-Tenant"},
                {"$ref": "#/components/parameters/Link"}
              ],
              "get": {
                "operationId": "retrieveType",
                "summary": "What entities of a type look like (5.7.7, 6.26.3.1)",
                "tags": ["Discovery"],
                "parameters": [{"$ref": "#/components/parameters/local"}],
                "responses": {
                  "200": {"$ref": "#/components/responses/Type"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "406": {"$ref": "#/components/responses/NotAcceptable"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/attributes": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "get": {
                "operationId": "listAttributes",
                "summary": "The attributes of the entities (5.7.8, 5.7.9, 6.27.3.1)",
                "tags": ["Discovery"],
                "parameters": [
                  {"$ref": "#/components/parameters/details"},
                  {"$ref": "#/components/parameters/count"},
                  {"$ref": "#/components/parameters/local"}
                ],
                "responses": {
                  "200": {"$ref": "#/components/responses/Attributes"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "406": {"$ref": "#/components/responses/NotAcceptable"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/attributes/{attrName}": {
              "parameters": [
                {"$ref": "#/components/parameters/attrName"},
                {"$ref": "#/components/parameters/NGSILD-Tenant"},
                {"$ref": "#/components/parameters/Link"}
              ],
              "get": {
                "operationId": "retrieveAttribute",
                "summary": "Where an attribute is used (5.7.10, 6.28.3.1)",
                "tags": ["Discovery"],
                "parameters": [{"$ref": "#/components/parameters/local"}],
                "responses": {
                  "200": {"$ref": "#/components/responses/Attribute"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "406": {"$ref": "#/components/responses/NotAcceptable"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/jsonldContexts": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}],
              "get": {
                "operationId": "listContexts",
                "summary": "The @contexts that the hub keeps (5.13.3, 6.29.3.2)",
                "tags": ["Contexts"],
                "parameters": [{"$ref": "#/components/parameters/details"}, {"$ref": "#/components/parameters/kind"}],
                "responses": {
                  "200": {"$ref": "#/components/responses/Contexts"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "post": {
                "operationId": "addContext",
                "summary": "Host an @context (5.13.2, 6.29.3.1)",
                "tags": ["Contexts"],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/ContextDocument"},
                      "example": {"@context": {"availableSpotNumber": "https://city.example/parking#availableSpotNumber"}}
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/ContextDocument"}}
                  }
                },
                "responses": {
                  "201": {"$ref": "#/components/responses/Created"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/jsonldContexts/{contextId}": {
              "parameters": [{"$ref": "#/components/parameters/contextId"}, {"$ref": "#/components/parameters/NGSILD-Tenant"}],
              "get": {
                "operationId": "serveContext",
                "summary": "An @context, or what is known of it (5.13.4, 6.30.3.1)",
                "tags": ["Contexts"],
                "parameters": [{"$ref": "#/components/parameters/contextDetails"}],
                "responses": {
                  "200": {"$ref": "#/components/responses/Context"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "422": {"$ref": "#/components/responses/NotServedHere"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "delete": {
                "operationId": "deleteContext",
                "summary": "Delete an @context, or fetch it again (5.13.5, 6.30.3.2)",
                "tags": ["Contexts"],
                "parameters": [{"$ref": "#/components/parameters/reload"}],
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/ngsi-ld/v1/info/sourceIdentity": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}],
              "get": {
                "operationId": "sourceIdentity",
                "summary": "Who this hub is to other brokers (5.15.1, 6.33)",
                "tags": ["Hub"],
                "responses": {
                  "200": {"$ref": "#/components/responses/SourceIdentity"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "406": {"$ref": "#/components/responses/NotAcceptable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/atria/v1/tenants": {
              "get": {
                "operationId": "listTenants",
                "summary": "The tenants and how many entities they have; ours, for administrators (5.5.10)",
                "tags": ["Hub"],
                "security": [{"administrator": []}, {}],
                "parameters": [{"$ref": "#/components/parameters/after"}, {"$ref": "#/components/parameters/tenantLimit"}],
                "responses": {
                  "200": {"$ref": "#/components/responses/Tenants"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "401": {"$ref": "#/components/responses/Unauthorized"},
                  "403": {"$ref": "#/components/responses/Forbidden"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/atria/v1/tenants/{tenantName}": {
              "parameters": [{"$ref": "#/components/parameters/tenantName"}],
              "delete": {
                "operationId": "deleteTenant",
                "summary": "Delete a tenant with all that it holds; ours, for administrators (5.5.10)",
                "tags": ["Hub"],
                "security": [{"administrator": []}, {}],
                "description": "Its name is free at once; its rows go in the background.",
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "401": {"$ref": "#/components/responses/Unauthorized"},
                  "403": {"$ref": "#/components/responses/Forbidden"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/atria/v1/indexes": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "get": {
                "operationId": "listIndexes",
                "summary": "The tenant's value indexes, and how far they are filled; ours, for administrators",
                "tags": ["Hub"],
                "security": [{"administrator": []}, {}],
                "responses": {
                  "200": {"$ref": "#/components/responses/ValueIndexes"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "401": {"$ref": "#/components/responses/Unauthorized"},
                  "403": {"$ref": "#/components/responses/Forbidden"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "post": {
                "operationId": "declareIndex",
                "summary": "Declare an index on the values of an attribute, for q and orderBy; ours, for administrators",
                "tags": ["Hub"],
                "security": [{"administrator": []}, {}],
                "description": "Filled in the background; queries use it when it is ready. A tenant may have 32, beyond which is 409.",
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/IndexDeclaration"},
                      "example": {"type": "OffStreetParking", "attribute": "availableSpotNumber"}
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/IndexDeclaration"}}
                  }
                },
                "responses": {
                  "201": {"$ref": "#/components/responses/Created"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "401": {"$ref": "#/components/responses/Unauthorized"},
                  "403": {"$ref": "#/components/responses/Forbidden"},
                  "409": {"$ref": "#/components/responses/AlreadyExists"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/atria/v1/indexes/{indexId}": {
              "parameters": [
                {"$ref": "#/components/parameters/indexId"},
                {"$ref": "#/components/parameters/NGSILD-Tenant"},
                {"$ref": "#/components/parameters/Link"}
              ],
              "get": {
                "operationId": "retrieveIndex",
                "summary": "A value index, and how far it is filled; ours, for administrators",
                "tags": ["Hub"],
                "security": [{"administrator": []}, {}],
                "responses": {
                  "200": {"$ref": "#/components/responses/ValueIndex"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "401": {"$ref": "#/components/responses/Unauthorized"},
                  "403": {"$ref": "#/components/responses/Forbidden"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "delete": {
                "operationId": "dropIndex",
                "summary": "Drop a value index; ours, for administrators",
                "tags": ["Hub"],
                "security": [{"administrator": []}, {}],
                "description": "No query uses it any more; its rows go in the background.",
                "responses": {
                  "204": {"$ref": "#/components/responses/Done"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "401": {"$ref": "#/components/responses/Unauthorized"},
                  "403": {"$ref": "#/components/responses/Forbidden"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/atria/v1/explain/entities": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "get": {
                "operationId": "explainEntities",
                "summary": "How a query is answered, and which index would help; ours, for administrators",
                "tags": ["Hub"],
                "security": [{"administrator": []}, {}],
                "description": "Takes what GET /ngsi-ld/v1/entities takes, and asks it twice: for the time and for the rows.",
                "parameters": [
                  {"$ref": "#/components/parameters/ids"},
                  {"$ref": "#/components/parameters/idPattern"},
                  {"$ref": "#/components/parameters/type"},
                  {"$ref": "#/components/parameters/q"},
                  {"$ref": "#/components/parameters/csf"},
                  {"$ref": "#/components/parameters/georel"},
                  {"$ref": "#/components/parameters/geometry"},
                  {"$ref": "#/components/parameters/coordinates"},
                  {"$ref": "#/components/parameters/geoproperty"},
                  {"$ref": "#/components/parameters/scopeQ"},
                  {"$ref": "#/components/parameters/expandValues"},
                  {"$ref": "#/components/parameters/jsonKeys"},
                  {"$ref": "#/components/parameters/orderBy"},
                  {"$ref": "#/components/parameters/orderFrom"},
                  {"$ref": "#/components/parameters/orderGeometry"},
                  {"$ref": "#/components/parameters/collation"},
                  {"$ref": "#/components/parameters/attrs"},
                  {"$ref": "#/components/parameters/pick"},
                  {"$ref": "#/components/parameters/omit"},
                  {"$ref": "#/components/parameters/options"},
                  {"$ref": "#/components/parameters/format"},
                  {"$ref": "#/components/parameters/lang"},
                  {"$ref": "#/components/parameters/datasetId"},
                  {"$ref": "#/components/parameters/geometryProperty"},
                  {"$ref": "#/components/parameters/join"},
                  {"$ref": "#/components/parameters/joinLevel"},
                  {"$ref": "#/components/parameters/containedBy"},
                  {"$ref": "#/components/parameters/local"},
                  {"$ref": "#/components/parameters/entityMap"},
                  {"$ref": "#/components/parameters/entityMapLifetime"},
                  {"$ref": "#/components/parameters/splitEntities"},
                  {"$ref": "#/components/parameters/limit"},
                  {"$ref": "#/components/parameters/offset"},
                  {"$ref": "#/components/parameters/pageAfter"},
                  {"$ref": "#/components/parameters/count"}
                ],
                "responses": {
                  "200": {"$ref": "#/components/responses/Explanation"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "401": {"$ref": "#/components/responses/Unauthorized"},
                  "403": {"$ref": "#/components/responses/TooMuch"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "406": {"$ref": "#/components/responses/NotAcceptable"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/atria/v1/explain/entityOperations/query": {
              "parameters": [{"$ref": "#/components/parameters/NGSILD-Tenant"}, {"$ref": "#/components/parameters/Link"}],
              "post": {
                "operationId": "explainEntitiesByPost",
                "summary": "How the query in the body is answered, and which index would help; ours, for administrators",
                "tags": ["Hub"],
                "security": [{"administrator": []}, {}],
                "parameters": [
                  {"$ref": "#/components/parameters/options"},
                  {"$ref": "#/components/parameters/format"},
                  {"$ref": "#/components/parameters/geometryProperty"},
                  {"$ref": "#/components/parameters/local"},
                  {"$ref": "#/components/parameters/limit"},
                  {"$ref": "#/components/parameters/offset"},
                  {"$ref": "#/components/parameters/pageAfter"},
                  {"$ref": "#/components/parameters/count"}
                ],
                "requestBody": {
                  "required": true,
                  "content": {
                    "application/json": {
                      "schema": {"$ref": "#/components/schemas/Query"},
                      "example": {"type": "Query", "entities": [{"type": "OffStreetParking"}], "q": "availableSpotNumber>0"}
                    },
                    "application/ld+json": {"schema": {"$ref": "#/components/schemas/Query"}}
                  }
                },
                "responses": {
                  "200": {"$ref": "#/components/responses/Explanation"},
                  "400": {"$ref": "#/components/responses/BadRequest"},
                  "401": {"$ref": "#/components/responses/Unauthorized"},
                  "403": {"$ref": "#/components/responses/TooMuch"},
                  "404": {"$ref": "#/components/responses/NotFound"},
                  "406": {"$ref": "#/components/responses/NotAcceptable"},
                  "411": {"$ref": "#/components/responses/LengthRequired"},
                  "413": {"$ref": "#/components/responses/ContentTooLarge"},
                  "415": {"$ref": "#/components/responses/UnsupportedMediaType"},
                  "503": {"$ref": "#/components/responses/Unavailable"},
                  "504": {"$ref": "#/components/responses/ContextNotAvailable"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/openapi.json": {
              "get": {
                "operationId": "openAPI",
                "summary": "This document",
                "tags": ["Hub"],
                "parameters": [{"$ref": "#/components/parameters/If-None-Match"}],
                "responses": {
                  "200": {"$ref": "#/components/responses/OpenAPI"},
                  "304": {"$ref": "#/components/responses/NotModified"},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              }
            },
            "/healthz": {
              "get": {
                "operationId": "health",
                "summary": "Whether the process lives",
                "tags": ["Hub"],
                "responses": {"200": {"$ref": "#/components/responses/Alive"}}
              }
            },
            "/readyz": {
              "get": {
                "operationId": "readiness",
                "summary": "Whether the hub can serve, and why not",
                "tags": ["Hub"],
                "responses": {"200": {"$ref": "#/components/responses/Ready"}, "503": {"$ref": "#/components/responses/NotReady"}}
              }
            },
            "/metrics": {
              "get": {
                "operationId": "metrics",
                "summary": "Counters and histograms as Prometheus text; docs/operations.md describes them",
                "tags": ["Hub"],
                "responses": {"200": {"$ref": "#/components/responses/Metrics"}}
              }
            }
          },
          "components": {
            "securitySchemes": {
              "administrator": {
                "type": "http",
                "scheme": "bearer",
                "description": "The hub's admin.token. Without that setting these resources are for clients on the hub's own machine."
              }
            },
            "parameters": {
              "entityId": {
                "name": "entityId",
                "in": "path",
                "required": true,
                "description": "The entity's id, an absolute URI of at most 1 024 bytes; percent-encoded where it contains `/`, `?`, `#` or `%`.",
                "schema": {"type": "string", "format": "uri"},
                "example": "urn:ngsi-ld:OffStreetParking:central"
              },
              "attrName": {
                "name": "attrName",
                "in": "path",
                "required": true,
                "description": "The attribute's name, a term of the @context or an IRI (4.6.2).",
                "schema": {"type": "string"},
                "example": "availableSpotNumber"
              },
              "typeName": {
                "name": "typeName",
                "in": "path",
                "required": true,
                "description": "The entity type, a term of the @context or an IRI.",
                "schema": {"type": "string"},
                "example": "OffStreetParking"
              },
              "contextId": {
                "name": "contextId",
                "in": "path",
                "required": true,
                "description": "The @context's local id, or the URL that it was fetched from, percent-encoded.",
                "schema": {"type": "string"},
                "example": "70dfaa5fb6eeb8b4a9f1a3c2d4e5f607"
              },
              "tenantName": {
                "name": "tenantName",
                "in": "path",
                "required": true,
                "description": "The tenant's name.",
                "schema": {"type": "string"},
                "example": "city"
              },
              "indexId": {
                "name": "indexId",
                "in": "path",
                "required": true,
                "description": "The number of a value index, as Location says it.",
                "schema": {"type": "integer"},
                "example": "1"
              },
              "NGSILD-Tenant": {
                "name": "NGSILD-Tenant",
                "in": "header",
                "description": "The tenant that the request is about (4.14); without it the default tenant. The first create, upsert or merge that names a tenant makes it.",
                "schema": {"type": "string", "pattern": "^[A-Za-z0-9_.:~-]{1,255}$"},
                "example": "city"
              },
              "Link": {
                "name": "Link",
                "in": "header",
                "description": "The @context of the names in the request and in its answer (6.3.5); without it the core @context. An application/ld+json body carries its own and goes with no Link.",
                "schema": {"type": "string"},
                "example": "<https://city.example/context.jsonld>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""
              },
              "Prefer": {
                "name": "Prefer",
                "in": "header",
                "description": "`body=json`: GeoJSON without @context in the body (6.3.6). `ngsi-ld=1.5`: an answer in the data types of that version (4.3.6.8).",
                "schema": {"type": "string"},
                "example": "ngsi-ld=1.5"
              },
              "If-None-Match": {
                "name": "If-None-Match",
                "in": "header",
                "description": "The ETag of the document at hand: where it is still the same the answer is a 304 without body.",
                "schema": {"type": "string"}
              },
              "local": {
                "name": "local",
                "in": "query",
                "description": "Only what this hub stores (5.5.13). There are no Context Sources yet, so that every operation is local; a query that names no type, attribute or place has to say it.",
                "schema": {"type": "boolean"}
              },
              "typeGuard": {
                "name": "type",
                "in": "query",
                "description": "The operation applies only where the entity's types fit this selection (4.17); else it is not found.",
                "schema": {"type": "string"},
                "example": "OffStreetParking"
              },
              "attrs": {
                "name": "attrs",
                "in": "query",
                "description": "Entities have one of these attributes, and only these are served. Excludes pick and omit.",
                "schema": {"type": "array", "items": {"type": "string"}},
                "style": "form",
                "explode": false
              },
              "pick": {
                "name": "pick",
                "in": "query",
                "description": "The members to serve; for linked entities in braces: `id,name,isIn{name}` (4.21).",
                "schema": {"type": "string"}
              },
              "omit": {
                "name": "omit",
                "in": "query",
                "description": "The members to leave out, in the same form (4.21).",
                "schema": {"type": "string"}
              },
              "options": {
                "name": "options",
                "in": "query",
                "description": "How entities are represented, and whether with createdAt, modifiedAt and expiresAt: sysAttrs (6.3.7, 6.3.11).",
                "schema": {
                  "type": "array",
                  "items": {"type": "string", "enum": ["normalized", "concise", "simplified", "keyValues", "sysAttrs"]}
                },
                "style": "form",
                "explode": false
              },
              "format": {
                "name": "format",
                "in": "query",
                "description": "How entities are represented; it wins over options (6.3.7). keyValues is the former name of simplified.",
                "schema": {"type": "string", "enum": ["normalized", "concise", "simplified", "keyValues"], "default": "normalized"}
              },
              "lang": {
                "name": "lang",
                "in": "query",
                "description": "The languages of LanguageProperties by preference, which are then served as Properties (4.15).",
                "schema": {"type": "string"},
                "example": "ko,en;q=0.8,*;q=0.5"
              },
              "datasetId": {
                "name": "datasetId",
                "in": "query",
                "description": "Only the attribute instances with these datasetIds; `@none` is the default instance (4.5.5).",
                "schema": {"type": "array", "items": {"type": "string"}},
                "style": "form",
                "explode": false
              },
              "geometryProperty": {
                "name": "geometryProperty",
                "in": "query",
                "description": "The GeoProperty that becomes a GeoJSON Feature's geometry (4.5.16); only with Accept: application/geo+json.",
                "schema": {"type": "string", "default": "location"}
              },
              "join": {
                "name": "join",
                "in": "query",
                "description": "What Relationships lead to: inside them (inline), behind the linking entities (flat), or not served (4.5.23).",
                "schema": {"type": "string", "enum": ["inline", "flat", "@none"], "default": "@none"}
              },
              "joinLevel": {
                "name": "joinLevel",
                "in": "query",
                "description": "How many Relationships are followed one after another; only with join.",
                "schema": {"type": "integer", "minimum": 1, "maximum": 10, "default": 1}
              },
              "containedBy": {
                "name": "containedBy",
                "in": "query",
                "description": "Ids of entities that are known already and not served again; only with join.",
                "schema": {"type": "array", "items": {"type": "string", "format": "uri"}},
                "style": "form",
                "explode": false
              },
              "entityMap": {
                "name": "entityMap",
                "in": "query",
                "description": "Whether an entity map is wanted; the hub declines by naming none (5.5.14).",
                "schema": {"type": "boolean"}
              },
              "entityMapLifetime": {
                "name": "entityMapLifetime",
                "in": "query",
                "description": "How long the entity map is wanted; only with entityMap=true (5.14).",
                "schema": {"type": "string", "format": "duration"},
                "example": "PT5M"
              },
              "splitEntities": {
                "name": "splitEntities",
                "in": "query",
                "description": "Read and without effect: there are no Context Sources to merge entities from yet.",
                "schema": {"type": "boolean"}
              },
              "ids": {
                "name": "id",
                "in": "query",
                "description": "The entities' ids, at most 1 000.",
                "schema": {"type": "array", "items": {"type": "string", "format": "uri"}},
                "style": "form",
                "explode": false
              },
              "idPattern": {
                "name": "idPattern",
                "in": "query",
                "description": "A POSIX extended regular expression that is searched in the id; at most 512 bytes.",
                "schema": {"type": "string"},
                "example": "^urn:ngsi-ld:OffStreetParking:"
              },
              "type": {
                "name": "type",
                "in": "query",
                "description": "A selection of types: `Car`, `Car,Bus`, `(Home;Vehicle)|Boat`; `*` is every entity of this hub (4.17).",
                "schema": {"type": "string"},
                "example": "OffStreetParking"
              },
              "q": {
                "name": "q",
                "in": "query",
                "description": "Conditions on attributes: `speed>50;brand==\"Kia\"`, at most 128 (4.9).",
                "schema": {"type": "string"},
                "example": "availableSpotNumber>0"
              },
              "csf": {
                "name": "csf",
                "in": "query",
                "description": "Selects Context Sources (4.9): its grammar is checked, and there are none to select among yet.",
                "schema": {"type": "string"}
              },
              "georel": {
                "name": "georel",
                "in": "query",
                "description": "How the entity lies to the reference geometry (4.10): `near;maxDistance==500`, `near;minDistance==500` (metres), `within`, `contains`, `overlaps`, `intersects`, `equals`, `disjoint`. Goes with geometry and coordinates.",
                "schema": {"type": "string"},
                "example": "near;maxDistance==500"
              },
              "geometry": {
                "name": "geometry",
                "in": "query",
                "description": "The type of the reference geometry (4.7).",
                "schema": {
                  "type": "string",
                  "enum": ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]
                },
                "example": "Point"
              },
              "coordinates": {
                "name": "coordinates",
                "in": "query",
                "description": "The reference geometry's coordinates as in GeoJSON, longitude first.",
                "schema": {"type": "string"},
                "example": "[128.5947,35.869]"
              },
              "geoproperty": {
                "name": "geoproperty",
                "in": "query",
                "description": "The GeoProperty that is compared.",
                "schema": {"type": "string", "default": "location"}
              },
              "scopeQ": {
                "name": "scopeQ",
                "in": "query",
                "description": "Scopes (4.19): `/City/Parking`, `/City/+/Parking`, `/City/#`; `;` is and, `,` and `|` are or.",
                "schema": {"type": "string"},
                "example": "/City/#"
              },
              "expandValues": {
                "name": "expandValues",
                "in": "query",
                "description": "Attributes whose values in q are terms of the @context.",
                "schema": {"type": "array", "items": {"type": "string"}},
                "style": "form",
                "explode": false
              },
              "jsonKeys": {
                "name": "jsonKeys",
                "in": "query",
                "description": "Attributes whose JSON members in q are no terms of the @context. Values are stored as they were sent, so that it changes nothing.",
                "schema": {"type": "array", "items": {"type": "string"}},
                "style": "form",
                "explode": false
              },
              "orderBy": {
                "name": "orderBy",
                "in": "query",
                "description": "At most 8 keys, each an attribute's path, id, type or scope with `;asc`, `;desc`, `;dist-asc` or `;dist-desc` (4.23). Ids break ties; without it they are the order.",
                "schema": {"type": "string"},
                "example": "availableSpotNumber;desc"
              },
              "orderFrom": {
                "name": "orderFrom",
                "in": "query",
                "description": "GeoJSON coordinates that distances are ordered from.",
                "schema": {"type": "string"},
                "example": "[128.5947,35.869]"
              },
              "orderGeometry": {
                "name": "orderGeometry",
                "in": "query",
                "description": "The type of the geometry in orderFrom.",
                "schema": {"type": "string", "default": "Point"}
              },
              "collation": {
                "name": "collation",
                "in": "query",
                "description": "A language tag for the order of text (4.23.3, RFC 6067); without it code points.",
                "schema": {"type": "string"},
                "example": "ko"
              },
              "limit": {
                "name": "limit",
                "in": "query",
                "description": "Entities of a page; 0 is for count=true alone. Beyond 1 000: TooManyResults.",
                "schema": {"type": "integer", "minimum": 0, "maximum": 1000, "default": 20}
              },
              "offset": {
                "name": "offset",
                "in": "query",
                "description": "Entities to skip. A deep page costs what it skips: follow the next link.",
                "schema": {"type": "integer", "minimum": 0, "maximum": 2147483647, "default": 0}
              },
              "pageAfter": {
                "name": "pageAfter",
                "in": "query",
                "description": "Ours: the key after which a page starts, which next links carry from offset 1 000 on. A deep page then costs what the first costs.",
                "schema": {"type": "string"}
              },
              "count": {
                "name": "count",
                "in": "query",
                "description": "Whether NGSILD-Results-Count is wanted (6.3.13).",
                "schema": {"type": "boolean"}
              },
              "drop": {
                "name": "drop",
                "in": "query",
                "description": "Deletes these attributes of the entities and not the entities. Excludes keep.",
                "schema": {"type": "array", "items": {"type": "string"}},
                "style": "form",
                "explode": false
              },
              "keep": {
                "name": "keep",
                "in": "query",
                "description": "Deletes all other attributes of the entities and not the entities. Excludes drop.",
                "schema": {"type": "array", "items": {"type": "string"}},
                "style": "form",
                "explode": false
              },
              "purgeAttrs": {
                "name": "attrs",
                "in": "query",
                "description": "The entities have one of these attributes.",
                "schema": {"type": "array", "items": {"type": "string"}},
                "style": "form",
                "explode": false
              },
              "purgeGeometryProperty": {
                "name": "geometryProperty",
                "in": "query",
                "description": "Read and without effect: nothing is served.",
                "schema": {"type": "string"}
              },
              "deleteAll": {
                "name": "deleteAll",
                "in": "query",
                "description": "All instances of the attribute, whatever their datasetId.",
                "schema": {"type": "boolean"}
              },
              "datasetIdDeleted": {
                "name": "datasetId",
                "in": "query",
                "description": "The instance to delete; without it, and with `@none`, the default instance.",
                "schema": {"type": "string", "format": "uri"}
              },
              "optionsAppend": {
                "name": "options",
                "in": "query",
                "description": "noOverwrite: attributes that are there stay as they are, and the answer names them.",
                "schema": {"type": "string", "enum": ["noOverwrite"]}
              },
              "optionsUpsert": {
                "name": "options",
                "in": "query",
                "description": "What happens to an entity that is there: it is replaced, or its attributes are updated.",
                "schema": {"type": "string", "enum": ["replace", "update"], "default": "replace"}
              },
              "optionsMerge": {
                "name": "options",
                "in": "query",
                "description": "The body is in the simplified form: values without their types.",
                "schema": {"type": "string", "enum": ["simplified", "keyValues"]}
              },
              "formatMerge": {
                "name": "format",
                "in": "query",
                "description": "The same as options.",
                "schema": {"type": "string", "enum": ["simplified", "keyValues"]}
              },
              "langMerge": {
                "name": "lang",
                "in": "query",
                "description": "The language of the strings that a simplified body has for LanguageProperties.",
                "schema": {"type": "string"},
                "example": "ko"
              },
              "observedAt": {
                "name": "observedAt",
                "in": "query",
                "description": "The observedAt of merged attributes that had one and are sent without.",
                "schema": {"type": "string", "format": "date-time"}
              },
              "details": {
                "name": "details",
                "in": "query",
                "description": "Whether a description of each is wanted instead of its name.",
                "schema": {"type": "boolean"}
              },
              "contextDetails": {
                "name": "details",
                "in": "query",
                "description": "Whether what is known of the @context is wanted instead of its document.",
                "schema": {"type": "boolean"}
              },
              "kind": {
                "name": "kind",
                "in": "query",
                "description": "Only @contexts of this kind.",
                "schema": {"type": "string", "enum": ["Hosted", "ImplicitlyCreated", "Cached"]}
              },
              "reload": {
                "name": "reload",
                "in": "query",
                "description": "Fetches a cached @context again instead of deleting it.",
                "schema": {"type": "boolean"}
              },
              "after": {
                "name": "after",
                "in": "query",
                "description": "Only tenants whose names come after this one, by their bytes.",
                "schema": {"type": "string"},
                "example": "city"
              },
              "tenantLimit": {
                "name": "limit",
                "in": "query",
                "description": "Tenants of the answer.",
                "schema": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 1000}
              }
            },
            "responses": {
              "Entity": {
                "description": "The entity. With join=flat and something linked an array of entities.",
                "headers": {
                  "Link": {"$ref": "#/components/headers/Link"},
                  "Preference-Applied": {"$ref": "#/components/headers/Preference-Applied"},
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"oneOf": [{"$ref": "#/components/schemas/Entity"}, {"$ref": "#/components/schemas/Entities"}]},
                    "example": {
                      "id": "urn:ngsi-ld:OffStreetParking:central",
                      "type": "OffStreetParking",
                      "name": {"type": "LanguageProperty", "languageMap": {"en": "Central car park", "ko": "중앙 주차장"}},
                      "availableSpotNumber": {"type": "Property", "value": 42, "observedAt": "2026-11-20T10:00:00Z"},
                      "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [128.5947, 35.869]}}
                    }
                  },
                  "application/ld+json": {
                    "schema": {"oneOf": [{"$ref": "#/components/schemas/Entity"}, {"$ref": "#/components/schemas/Entities"}]}
                  },
                  "application/geo+json": {"schema": {"$ref": "#/components/schemas/GeoJSON"}}
                }
              },
              "Entities": {
                "description": "A page of entities.",
                "headers": {
                  "Link": {"$ref": "#/components/headers/PageLink"},
                  "NGSILD-Results-Count": {"$ref": "#/components/headers/NGSILD-Results-Count"},
                  "Preference-Applied": {"$ref": "#/components/headers/Preference-Applied"},
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/Entities"},
                    "example": [
                      {
                        "id": "urn:ngsi-ld:OffStreetParking:central",
                        "type": "OffStreetParking",
                        "name": {"type": "LanguageProperty", "languageMap": {"en": "Central car park", "ko": "중앙 주차장"}},
                        "availableSpotNumber": {"type": "Property", "value": 42, "observedAt": "2026-11-20T10:00:00Z"},
                        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [128.5947, 35.869]}}
                      }
                    ]
                  },
                  "application/ld+json": {"schema": {"$ref": "#/components/schemas/Entities"}},
                  "application/geo+json": {"schema": {"$ref": "#/components/schemas/GeoJSON"}}
                }
              },
              "EarlierVersion": {
                "description": "An answer that the version in Prefer has changed (4.3.6.8); one that it leaves as it is is a 200.",
                "headers": {
                  "Link": {"$ref": "#/components/headers/Link"},
                  "Preference-Applied": {"$ref": "#/components/headers/Preference-Applied"},
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"oneOf": [{"$ref": "#/components/schemas/Entity"}, {"$ref": "#/components/schemas/Entities"}]}
                  },
                  "application/ld+json": {
                    "schema": {"oneOf": [{"$ref": "#/components/schemas/Entity"}, {"$ref": "#/components/schemas/Entities"}]}
                  },
                  "application/geo+json": {"schema": {"$ref": "#/components/schemas/GeoJSON"}}
                }
              },
              "Created": {
                "description": "Created; no body.",
                "headers": {
                  "Location": {"$ref": "#/components/headers/Location"},
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                }
              },
              "Done": {
                "description": "Done; no body.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                }
              },
              "Ids": {
                "description": "All done; the ids of the entities that were created.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"type": "array", "items": {"type": "string", "format": "uri"}},
                    "example": ["urn:ngsi-ld:Streetlight:1", "urn:ngsi-ld:Streetlight:2"]
                  }
                }
              },
              "UpdateResult": {
                "description": "Done in part (5.2.18); names in full.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/UpdateResult"},
                    "example": {
                      "updated": ["https://uri.etsi.org/ngsi-ld/default-context/availableSpotNumber"],
                      "notUpdated": [
                        {
                          "attributeName": "https://uri.etsi.org/ngsi-ld/default-context/totalSpotNumber",
                          "reason": "the attribute exists and noOverwrite was asked for"
                        }
                      ]
                    }
                  }
                }
              },
              "BatchResult": {
                "description": "Done in part (5.2.16): each entity is stored or refused alone.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/BatchOperationResult"},
                    "example": {
                      "success": ["urn:ngsi-ld:Streetlight:1"],
                      "errors": [
                        {
                          "entityId": "urn:ngsi-ld:Streetlight:2",
                          "error": {
                            "type": "https://uri.etsi.org/ngsi-ld/errors/AlreadyExists",
                            "title": "Already exists",
                            "detail": "the entity urn:ngsi-ld:Streetlight:2 already exists",
                            "status": 409
                          }
                        }
                      ]
                    }
                  }
                }
              },
              "Types": {
                "description": "An EntityTypeList (5.2.24); with details an array of EntityType (5.2.25).",
                "headers": {
                  "Link": {"$ref": "#/components/headers/Link"},
                  "NGSILD-Results-Count": {"$ref": "#/components/headers/NGSILD-Results-Count"},
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {
                      "oneOf": [
                        {"$ref": "#/components/schemas/EntityTypeList"},
                        {"type": "array", "items": {"$ref": "#/components/schemas/EntityType"}}
                      ]
                    }
                  },
                  "application/ld+json": {
                    "schema": {
                      "oneOf": [
                        {"$ref": "#/components/schemas/EntityTypeList"},
                        {"type": "array", "items": {"$ref": "#/components/schemas/EntityType"}}
                      ]
                    }
                  }
                }
              },
              "Type": {
                "description": "The type (5.2.26).",
                "headers": {
                  "Link": {"$ref": "#/components/headers/Link"},
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {"schema": {"$ref": "#/components/schemas/EntityTypeInfo"}},
                  "application/ld+json": {"schema": {"$ref": "#/components/schemas/EntityTypeInfo"}}
                }
              },
              "Attributes": {
                "description": "An AttributeList (5.2.27); with details an array of Attribute (5.2.28).",
                "headers": {
                  "Link": {"$ref": "#/components/headers/Link"},
                  "NGSILD-Results-Count": {"$ref": "#/components/headers/NGSILD-Results-Count"},
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {
                      "oneOf": [
                        {"$ref": "#/components/schemas/AttributeList"},
                        {"type": "array", "items": {"$ref": "#/components/schemas/AttributeInfo"}}
                      ]
                    }
                  },
                  "application/ld+json": {
                    "schema": {
                      "oneOf": [
                        {"$ref": "#/components/schemas/AttributeList"},
                        {"type": "array", "items": {"$ref": "#/components/schemas/AttributeInfo"}}
                      ]
                    }
                  }
                }
              },
              "Attribute": {
                "description": "The attribute (5.2.28).",
                "headers": {
                  "Link": {"$ref": "#/components/headers/Link"},
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {"schema": {"$ref": "#/components/schemas/AttributeInfo"}},
                  "application/ld+json": {"schema": {"$ref": "#/components/schemas/AttributeInfo"}}
                }
              },
              "Contexts": {
                "description": "Their URLs; with details what is known of them (5.13.3.5).",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {
                      "type": "array",
                      "items": {"oneOf": [{"type": "string", "format": "uri"}, {"$ref": "#/components/schemas/ContextInfo"}]}
                    }
                  }
                }
              },
              "Context": {
                "description": "The document with the @context; with details what is known of it.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {
                      "oneOf": [{"$ref": "#/components/schemas/ContextDocument"}, {"$ref": "#/components/schemas/ContextInfo"}]
                    }
                  }
                }
              },
              "SourceIdentity": {
                "description": "Alias, uptime and clock (5.2.40).",
                "headers": {
                  "Link": {"$ref": "#/components/headers/Link"},
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {"schema": {"$ref": "#/components/schemas/ContextSourceIdentity"}},
                  "application/ld+json": {"schema": {"$ref": "#/components/schemas/ContextSourceIdentity"}}
                }
              },
              "Tenants": {
                "description": "The tenants by name; the default tenant's name is empty.",
                "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
                "content": {
                  "application/json": {
                    "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Tenant"}},
                    "example": [{"name": "", "entities": 12}, {"name": "city", "entities": 3}]
                  }
                }
              },
              "ValueIndexes": {
                "description": "The value indexes, by type and attribute.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/ValueIndex"}}}
                }
              },
              "ValueIndex": {
                "description": "The value index.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ValueIndex"}}}
              },
              "Explanation": {
                "description": "How the query was answered.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Explanation"}}}
              },
              "OpenAPI": {
                "description": "This document.",
                "headers": {
                  "ETag": {"$ref": "#/components/headers/ETag"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {"application/json": {"schema": {"type": "object"}}}
              },
              "NotModified": {
                "description": "The document at hand is this one; no body.",
                "headers": {"ETag": {"$ref": "#/components/headers/ETag"}}
              },
              "Alive": {
                "description": "It lives.",
                "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Status"}, "example": {"status": "alive"}}}
              },
              "Ready": {
                "description": "It can serve: its database answered just now.",
                "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Status"}, "example": {"status": "ready"}}}
              },
              "NotReady": {
                "description": "It cannot serve.",
                "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/Status"},
                    "example": {"status": "not ready", "reason": "the hub is stopping"}
                  }
                }
              },
              "Metrics": {
                "description": "Prometheus text, version 0.0.4.",
                "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
                "content": {"text/plain": {"schema": {"type": "string"}}}
              },
              "BadRequest": {
                "description": "InvalidRequest or BadRequestData: what is wrong, where, and what to do.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "https://uri.etsi.org/ngsi-ld/errors/BadRequestData",
                      "title": "Bad request data",
                      "detail": "the entity id \"central\" is not an absolute URI such as urn:ngsi-ld:Room:1",
                      "status": 400,
                      "path": "/id",
                      "instance": "urn:request:6j2v1c00000000a"
                    }
                  }
                }
              },
              "TooMuch": {
                "description": "TooComplexQuery: it costs more than one query may. TooManyResults: a page or a join is too large.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "https://uri.etsi.org/ngsi-ld/errors/TooManyResults",
                      "title": "Too many results",
                      "detail": "limit=2000 is more than 1000",
                      "status": 403,
                      "path": "limit",
                      "instance": "urn:request:6j2v1c00000000a"
                    }
                  }
                }
              },
              "Unauthorized": {
                "description": "The hub has an admin.token, and the request does not show it.",
                "headers": {
                  "WWW-Authenticate": {"$ref": "#/components/headers/WWW-Authenticate"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "about:blank",
                      "title": "Unauthorized",
                      "detail": "this resource is for administrators: send the hub's admin.token as Authorization: Bearer",
                      "status": 401,
                      "instance": "urn:request:6j2v1c00000000a"
                    }
                  }
                }
              },
              "Forbidden": {
                "description": "The hub has no admin.token, and the request comes from another machine.",
                "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "about:blank",
                      "title": "Forbidden",
                      "detail": "this resource is for administrators on the hub's own machine: set admin.token (ATRIA_ADMIN_TOKEN) to use it from elsewhere",
                      "status": 403,
                      "instance": "urn:request:6j2v1c00000000a"
                    }
                  }
                }
              },
              "NotFound": {
                "description": "ResourceNotFound, or NonexistentTenant.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "https://uri.etsi.org/ngsi-ld/errors/ResourceNotFound",
                      "title": "Resource not found",
                      "detail": "there is no entity urn:ngsi-ld:OffStreetParking:central",
                      "status": 404,
                      "instance": "urn:request:6j2v1c00000000a"
                    }
                  }
                }
              },
              "NotAcceptable": {
                "description": "Nothing that Accept asks for can be had; the body lists what can.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "https://uri.etsi.org/ngsi-ld/errors/InvalidRequest",
                      "title": "Not acceptable",
                      "detail": "this resource can be had as application/json, application/ld+json",
                      "status": 406,
                      "path": "Accept",
                      "instance": "urn:request:6j2v1c00000000a"
                    }
                  }
                }
              },
              "AlreadyExists": {
                "description": "The entity is there already.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "https://uri.etsi.org/ngsi-ld/errors/AlreadyExists",
                      "title": "Already exists",
                      "detail": "the entity urn:ngsi-ld:OffStreetParking:central already exists",
                      "status": 409,
                      "instance": "urn:request:6j2v1c00000000a"
                    }
                  }
                }
              },
              "LengthRequired": {"description": "The request has no Content-Length (6.3.4); no body."},
              "ContentTooLarge": {
                "description": "The body is longer than the hub's limits.body-bytes.",
                "headers": {"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}},
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "about:blank",
                      "title": "Content Too Large",
                      "status": 413,
                      "detail": "the body is longer than 16777216 bytes"
                    }
                  }
                }
              },
              "UnsupportedMediaType": {
                "description": "The body is neither application/json nor application/ld+json (for PATCH also application/merge-patch+json); no body (6.3.4)."
              },
              "NotServedHere": {
                "description": "A cached @context is served by its own server.",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "https://uri.etsi.org/ngsi-ld/errors/OperationNotSupported",
                      "title": "Operation not supported",
                      "detail": "a cached @context is served by its own server: https://city.example/context.jsonld",
                      "status": 422,
                      "instance": "urn:request:6j2v1c00000000a"
                    }
                  }
                }
              },
              "Unavailable": {
                "description": "The database is away, or more is to be written than it can: try again after Retry-After. The detail says where the outcome of a write is unknown (5.5.6).",
                "headers": {
                  "Retry-After": {"$ref": "#/components/headers/Retry-After"},
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "https://uri.etsi.org/ngsi-ld/errors/InternalError",
                      "title": "Service unavailable",
                      "detail": "the database is not available; nothing was stored",
                      "status": 503,
                      "instance": "urn:request:6j2v1c00000000a"
                    }
                  }
                }
              },
              "ContextNotAvailable": {
                "description": "A remote @context cannot be fetched (5.5.5).",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {
                  "application/json": {
                    "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                    "example": {
                      "type": "https://uri.etsi.org/ngsi-ld/errors/LdContextNotAvailable",
                      "title": "JSON-LD @context not available",
                      "detail": "the @context https://city.example/context.jsonld cannot be fetched: its server answered 500",
                      "status": 504,
                      "path": "@context",
                      "instance": "urn:request:6j2v1c00000000a"
                    }
                  }
                }
              },
              "Problem": {
                "description": "405 with Allow, 500, and what HTTP itself refuses (408, 414, 417, 431, 501, 505).",
                "headers": {
                  "NGSILD-Tenant": {"$ref": "#/components/headers/NGSILD-Tenant"},
                  "X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}
                },
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
              }
            },
            "headers": {
              "NGSILD-Tenant": {
                "description": "The tenant that the request named; absent for the default one (6.3.14).",
                "schema": {"type": "string"}
              },
              "X-Request-Id": {
                "description": "What the log calls this request: the client's own X-Request-Id, or one that the hub made.",
                "schema": {"type": "string"}
              },
              "Link": {"description": "The @context of an application/json answer (6.3.6).", "schema": {"type": "string"}},
              "PageLink": {
                "description": "The @context of an application/json answer, and the next and the previous page (6.3.6, 6.3.10).",
                "schema": {"type": "string"},
                "example": "</ngsi-ld/v1/entities?limit=20&offset=20&type=OffStreetParking>;rel=\"next\";type=\"application/json\""
              },
              "NGSILD-Results-Count": {
                "description": "How many there are in all, where count=true asks (6.3.13).",
                "schema": {"type": "integer", "minimum": 0}
              },
              "Location": {
                "description": "Where the new resource is.",
                "schema": {"type": "string", "format": "uri-reference"},
                "example": "/ngsi-ld/v1/entities/urn:ngsi-ld:OffStreetParking:central"
              },
              "Retry-After": {
                "description": "Seconds after which the same request may succeed.",
                "schema": {"type": "integer", "minimum": 1}
              },
              "Preference-Applied": {
                "description": "The version that was applied, where Prefer asked for one.",
                "schema": {"type": "string"},
                "example": "ngsi-ld=1.5"
              },
              "WWW-Authenticate": {
                "description": "How to show the token.",
                "schema": {"type": "string"},
                "example": "Bearer realm=\"atria\""
              },
              "ETag": {"description": "Names this very document.", "schema": {"type": "string"}}
            },
            "schemas": {
              "Entity": {
                "description": "An entity, normalized or concise (5.2.4). In an application/ld+json body it also has @context.",
                "type": "object",
                "required": ["id", "type"],
                "properties": {
                  "@context": {"$ref": "#/components/schemas/Context"},
                  "id": {"type": "string", "format": "uri", "maxLength": 1024},
                  "type": {
                    "description": "One type or several.",
                    "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 100}]
                  },
                  "scope": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
                  "expiresAt": {"type": "string", "format": "date-time", "description": "When the entity goes by itself."},
                  "createdAt": {"type": "string", "format": "date-time", "readOnly": true},
                  "modifiedAt": {"type": "string", "format": "date-time", "readOnly": true}
                },
                "additionalProperties": {"$ref": "#/components/schemas/Attribute"}
              },
              "Entities": {"type": "array", "maxItems": 10000, "items": {"$ref": "#/components/schemas/Entity"}},
              "GeoJSON": {
                "description": "A Feature, or a FeatureCollection where there are several entities (4.5.16).",
                "type": "object",
                "required": ["type"],
                "properties": {"type": {"enum": ["Feature", "FeatureCollection"]}}
              },
              "EntityFragment": {
                "description": "A part of an entity (5.4).",
                "type": "object",
                "properties": {
                  "@context": {"$ref": "#/components/schemas/Context"},
                  "id": {"type": "string", "format": "uri"},
                  "type": {
                    "description": "One type or several.",
                    "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 100}]
                  },
                  "scope": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
                },
                "additionalProperties": {"$ref": "#/components/schemas/Attribute"}
              },
              "EntityFragments": {
                "type": "array",
                "minItems": 1,
                "maxItems": 10000,
                "items": {"allOf": [{"$ref": "#/components/schemas/EntityFragment"}, {"required": ["id"]}]}
              },
              "Attribute": {
                "description": "An attribute (4.5.2), normalized or concise: an object, an array of instances with different datasetIds, or a bare value, which is a Property.",
                "oneOf": [
                  {"$ref": "#/components/schemas/AttributeFragment"},
                  {"type": "array", "items": {"$ref": "#/components/schemas/AttributeFragment"}},
                  {"type": ["string", "number", "boolean"]}
                ]
              },
              "AttributeFragment": {
                "description": "An attribute's instance or a part of it; its other members are its sub-attributes.",
                "type": "object",
                "properties": {
                  "type": {
                    "enum": [
                      "Property",
                      "GeoProperty",
                      "LanguageProperty",
                      "VocabProperty",
                      "JsonProperty",
                      "ListProperty",
                      "Relationship",
                      "ListRelationship"
                    ]
                  },
                  "value": {"description": "Of a Property or a GeoProperty (GeoJSON)."},
                  "object": {
                    "description": "Of a Relationship: an id, or an array of them.",
                    "oneOf": [{"type": "string", "format": "uri"}, {"type": "array", "items": {"type": "string", "format": "uri"}}]
                  },
                  "languageMap": {"description": "Of a LanguageProperty: texts by language tag.", "type": "object"},
                  "vocab": {"description": "Of a VocabProperty: a term or an array of them."},
                  "json": {"description": "Of a JsonProperty: any JSON, which is not interpreted."},
                  "valueList": {"description": "Of a ListProperty: values in their order.", "type": "array"},
                  "objectList": {"description": "Of a ListRelationship: ids in their order.", "type": "array"},
                  "observedAt": {"type": "string", "format": "date-time"},
                  "unitCode": {"description": "UN/CEFACT code.", "type": "string"},
                  "datasetId": {"type": "string", "format": "uri"},
                  "expiresAt": {"type": "string", "format": "date-time"}
                },
                "additionalProperties": true
              },
              "Context": {
                "description": "A JSON-LD @context: a URL, an object, or an array of these.",
                "oneOf": [{"type": "string"}, {"type": "object"}, {"type": "array"}]
              },
              "ContextDocument": {
                "type": "object",
                "required": ["@context"],
                "properties": {"@context": {"$ref": "#/components/schemas/Context"}}
              },
              "ContextInfo": {
                "description": "What is known of an @context (5.13.3.5).",
                "type": "object",
                "required": ["URL", "localId", "kind", "createdAt"],
                "properties": {
                  "URL": {"type": "string", "format": "uri"},
                  "localId": {"type": "string"},
                  "kind": {"enum": ["Hosted", "ImplicitlyCreated", "Cached"]},
                  "createdAt": {"type": "string", "format": "date-time"},
                  "expiresAt": {
                    "type": "string",
                    "format": "date-time",
                    "description": "Until when a cached one is used without asking its server."
                  },
                  "lastUsage": {
                    "type": "string",
                    "format": "date-time",
                    "description": "When a request last named it, or it was served."
                  },
                  "numberOfHits": {"type": "integer", "minimum": 0, "description": "How often that was."}
                }
              },
              "Query": {
                "description": "A query (5.2.23); its members mean what the parameters of GET /entities mean.",
                "type": "object",
                "required": ["type"],
                "properties": {
                  "@context": {"$ref": "#/components/schemas/Context"},
                  "type": {"const": "Query"},
                  "entities": {
                    "description": "Any of these (5.2.33).",
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 1000,
                    "items": {
                      "type": "object",
                      "required": ["type"],
                      "properties": {
                        "id": {
                          "oneOf": [
                            {"type": "string", "format": "uri"},
                            {"type": "array", "items": {"type": "string", "format": "uri"}}
                          ]
                        },
                        "idPattern": {"type": "string"},
                        "type": {"type": "string"}
                      },
                      "additionalProperties": false
                    }
                  },
                  "q": {"type": "string"},
                  "scopeQ": {"type": "string"},
                  "csf": {"type": "string"},
                  "lang": {"type": "string"},
                  "geoQ": {
                    "type": "object",
                    "properties": {
                      "georel": {"type": "string"},
                      "geometry": {"type": "string"},
                      "coordinates": {"type": ["array", "string"]},
                      "geoproperty": {"type": "string"}
                    },
                    "additionalProperties": false
                  },
                  "attrs": {"type": "array", "items": {"type": "string"}},
                  "pick": {"type": "array", "items": {"type": "string"}},
                  "omit": {"type": "array", "items": {"type": "string"}},
                  "datasetId": {"type": "array", "items": {"type": "string"}},
                  "join": {"enum": ["inline", "flat", "@none"]},
                  "joinLevel": {"type": "integer", "minimum": 1, "maximum": 10},
                  "containedBy": {"type": "array", "items": {"type": "string", "format": "uri"}},
                  "expandValues": {"type": "string"},
                  "jsonKeys": {"type": "string"},
                  "ordering": {
                    "type": "object",
                    "required": ["orderBy"],
                    "properties": {
                      "orderBy": {"type": "array", "items": {"type": "string"}},
                      "coordinates": {"type": "array"},
                      "geometry": {"type": "string"},
                      "collation": {"type": "string"}
                    },
                    "additionalProperties": false
                  },
                  "entityMap": {"type": "boolean"},
                  "entityMapLifetime": {"type": "string"},
                  "splitEntities": {"type": "boolean"}
                },
                "additionalProperties": false
              },
              "UpdateResult": {
                "type": "object",
                "required": ["updated", "notUpdated"],
                "properties": {
                  "updated": {"type": "array", "items": {"type": "string"}},
                  "notUpdated": {
                    "type": "array",
                    "items": {
                      "type": "object",
                      "required": ["attributeName", "reason"],
                      "properties": {"attributeName": {"type": "string"}, "reason": {"type": "string"}}
                    }
                  }
                }
              },
              "BatchOperationResult": {
                "type": "object",
                "required": ["success", "errors"],
                "properties": {
                  "success": {"type": "array", "items": {"type": "string", "format": "uri"}},
                  "errors": {
                    "type": "array",
                    "items": {
                      "type": "object",
                      "required": ["error"],
                      "properties": {"entityId": {"type": "string"}, "error": {"$ref": "#/components/schemas/ProblemDetails"}}
                    }
                  }
                }
              },
              "EntityTypeList": {
                "type": "object",
                "required": ["id", "type", "typeList"],
                "properties": {
                  "id": {"type": "string", "format": "uri"},
                  "type": {"type": "string"},
                  "typeList": {"type": "array", "items": {"type": "string"}}
                }
              },
              "EntityType": {
                "type": "object",
                "required": ["id", "type", "typeName", "attributeNames"],
                "properties": {
                  "id": {"type": "string", "format": "uri"},
                  "type": {"type": "string"},
                  "typeName": {"type": "string"},
                  "attributeNames": {"type": "array", "items": {"type": "string"}}
                }
              },
              "EntityTypeInfo": {
                "type": "object",
                "required": ["id", "type", "typeName", "entityCount", "attributeDetails"],
                "properties": {
                  "id": {"type": "string", "format": "uri"},
                  "type": {"type": "string"},
                  "typeName": {"type": "string"},
                  "entityCount": {"type": "integer", "minimum": 0},
                  "attributeDetails": {"type": "array", "items": {"$ref": "#/components/schemas/AttributeInfo"}}
                }
              },
              "AttributeList": {
                "type": "object",
                "required": ["id", "type", "attributeList"],
                "properties": {
                  "id": {"type": "string", "format": "uri"},
                  "type": {"type": "string"},
                  "attributeList": {"type": "array", "items": {"type": "string"}}
                }
              },
              "AttributeInfo": {
                "type": "object",
                "required": ["id", "type", "attributeName"],
                "properties": {
                  "id": {"type": "string", "format": "uri"},
                  "type": {"type": "string"},
                  "attributeName": {"type": "string"},
                  "attributeCount": {"type": "integer", "minimum": 0},
                  "attributeTypes": {"type": "array", "items": {"type": "string"}},
                  "typeNames": {"type": "array", "items": {"type": "string"}}
                }
              },
              "ContextSourceIdentity": {
                "type": "object",
                "required": ["id", "type", "contextSourceAlias", "contextSourceUptime", "contextSourceTimeAt"],
                "properties": {
                  "id": {"type": "string", "format": "uri"},
                  "type": {"type": "string"},
                  "contextSourceAlias": {"type": "string"},
                  "contextSourceUptime": {"type": "string", "format": "duration"},
                  "contextSourceTimeAt": {"type": "string", "format": "date-time"}
                }
              },
              "IndexDeclaration": {
                "type": "object",
                "required": ["type", "attribute"],
                "properties": {
                  "type": {"type": "string", "description": "One entity type."},
                  "attribute": {"type": "string", "description": "A path as q writes it (speed.source, address[city]), or an attribute's IRI."}
                }
              },
              "ValueIndex": {
                "type": "object",
                "properties": {
                  "id": {"type": "integer"},
                  "type": {"type": "string"},
                  "attribute": {"type": "string"},
                  "state": {"enum": ["filling", "ready"]},
                  "filledEntities": {"type": "integer", "description": "Of those that were there before it."},
                  "entities": {"type": "integer", "description": "Of its type, now."},
                  "createdAt": {"type": "string", "format": "date-time"},
                  "readyAt": {"type": "string", "format": "date-time"}
                }
              },
              "Explanation": {
                "type": "object",
                "properties": {
                  "index": {"enum": ["id", "type", "scope", "place", "value"], "description": "What found the entities."},
                  "of": {"$ref": "#/components/schemas/IndexDeclaration"},
                  "entitiesRead": {"type": "integer"},
                  "indexRowsRead": {"type": "integer"},
                  "returned": {"type": "integer"},
                  "decidedBy": {"enum": ["database", "hub"]},
                  "milliseconds": {"type": "number"},
                  "declare": {"$ref": "#/components/schemas/IndexDeclaration"},
                  "filling": {"$ref": "#/components/schemas/IndexDeclaration"}
                }
              },
              "Tenant": {
                "type": "object",
                "required": ["name", "entities"],
                "properties": {"name": {"type": "string"}, "entities": {"type": "integer", "minimum": 0}}
              },
              "Status": {
                "type": "object",
                "required": ["status"],
                "properties": {"status": {"enum": ["alive", "ready", "not ready"]}, "reason": {"type": "string"}}
              },
              "ProblemDetails": {
                "description": "What is wrong (RFC 7807, 5.5.3), in application/json.",
                "type": "object",
                "required": ["type", "detail", "status"],
                "properties": {
                  "type": {
                    "type": "string",
                    "format": "uri",
                    "description": "One of https://uri.etsi.org/ngsi-ld/errors/…; about:blank where HTTP itself refuses."
                  },
                  "title": {"type": "string", "description": "The same for every occurrence of the type."},
                  "detail": {"type": "string", "description": "What is wrong with what value, and what to do."},
                  "status": {"type": "integer"},
                  "path": {
                    "type": "string",
                    "description": "Ours: a JSON Pointer into the body, or the name of the parameter at fault."
                  },
                  "faults": {
                    "description": "Ours: all faults of a payload that has several, the first included; at most 20.",
                    "type": "array",
                    "items": {
                      "type": "object",
                      "required": ["path", "detail"],
                      "properties": {"path": {"type": "string"}, "detail": {"type": "string"}}
                    }
                  },
                  "instance": {"type": "string", "description": "This occurrence, under the number that the log has for it."}
                }
              }
            }
          }
        }
        """##
}
