// Written by scripts/embed-schemas from Schemas/database: change those, then run it.

extension Migration {
    /// In the order of their numbers, which count from 1 without a gap.
    static let all = [
        Migration(
            number: 1, name: "0001_entities",
            sql: ##"""
                -- Tenants (4.14). Their number stands in every key: rows stay short, and a name that is used again
                -- after a deletion gets a new number, so that nothing of the former tenant can appear in it.
                CREATE TABLE tenant (
                    key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    name text COLLATE "C" NOT NULL,
                    created timestamptz NOT NULL DEFAULT now(),
                    deleted timestamptz,
                    swept boolean NOT NULL DEFAULT false  -- it was deleted, and its rows are gone
                );
                CREATE UNIQUE INDEX tenant_name ON tenant (name) WHERE deleted IS NULL;
                INSERT INTO tenant (name) VALUES ('');  -- key 1: the default tenant

                -- The one row that each write batch reads: a process that finds a version newer than its own loads the
                -- tenants anew before it writes.
                CREATE TABLE configuration (
                    single boolean PRIMARY KEY DEFAULT true CHECK (single),
                    version bigint NOT NULL
                );
                INSERT INTO configuration (version) VALUES (1);

                -- Names this run of the server. A crash empties an unlogged table, a fail-over does not bring it: only
                -- under the same epoch may pg_xact_status be believed, since a crash can give a lost number out again.
                CREATE UNLOGGED TABLE server_epoch (
                    single boolean PRIMARY KEY DEFAULT true CHECK (single),
                    epoch uuid NOT NULL DEFAULT gen_random_uuid()
                );

                -- The entities as they are now. No index but the key and the few that are due: an update of attributes
                -- is HOT. Rows of 650 bytes, 500 neighbours in one transaction (every feed), three rounds without
                -- vacuum: 17 % HOT at fillfactor 100, 36 % at 80, 71 % at 70, 100 % at 50; and the table that begins
                -- larger at 50 (65 MB, not 39 MB at 80) ends smaller (65 MB, not 115 MB).
                CREATE TABLE entity (
                    tenant integer NOT NULL,
                    id text COLLATE "C" NOT NULL,
                    types text[] COLLATE "C" NOT NULL,    -- stored names
                    scopes text[] COLLATE "C" NOT NULL,
                    created timestamptz NOT NULL,
                    modified timestamptz NOT NULL,
                    expires timestamptz,
                    due timestamptz,                      -- the earliest moment at which it, or an attribute of it, expires
                    doc jsonb NOT NULL,                   -- the attributes by stored name
                    PRIMARY KEY (tenant, id)
                ) WITH (fillfactor = 50);
                CREATE INDEX entity_due ON entity (due) WHERE due IS NOT NULL;

                -- Side tables, written only when their content changes.
                CREATE TABLE entity_type (
                    tenant integer NOT NULL,
                    type text COLLATE "C" NOT NULL,
                    id text COLLATE "C" NOT NULL,
                    PRIMARY KEY (tenant, type, id)
                );
                CREATE TABLE entity_scope (
                    tenant integer NOT NULL,
                    scope text COLLATE "C" NOT NULL,
                    id text COLLATE "C" NOT NULL,
                    PRIMARY KEY (tenant, scope, id)
                );
                CREATE TABLE entity_geo (
                    tenant integer NOT NULL,
                    id text COLLATE "C" NOT NULL,
                    attribute text COLLATE "C" NOT NULL,
                    instance text COLLATE "C" NOT NULL,   -- the datasetId; '' for the default instance
                    geometry geometry NOT NULL,
                    PRIMARY KEY (tenant, id, attribute, instance)
                );
                -- For the relations of 4.10 but `near`.
                CREATE INDEX entity_geo_geometry ON entity_geo USING gist (geometry);
                -- For `near`, whose distances are metres on the ellipsoid.
                CREATE INDEX entity_geo_geography ON entity_geo USING gist ((geometry::geography));

                -- How many entities a type has; type '' counts every entity of the tenant once. Batches append deltas and
                -- the background folds them: one counter row would be the hottest lock of all. The count of a type is
                -- its row in entity_count plus its deltas.
                CREATE TABLE entity_count (
                    tenant integer NOT NULL,
                    type text COLLATE "C" NOT NULL,
                    entities bigint NOT NULL,
                    PRIMARY KEY (tenant, type)
                );
                CREATE TABLE entity_count_delta (
                    tenant integer NOT NULL,
                    type text COLLATE "C" NOT NULL,
                    entities bigint NOT NULL
                ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
                        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000);
                """##),
        Migration(
            number: 2, name: "0002_contexts",
            sql: ##"""
                -- The @contexts that clients manage (5.13): hosted here, made here of an inline one, or fetched and kept.
                CREATE TABLE context (
                    id text COLLATE "C" PRIMARY KEY,      -- of a cached one its URL
                    tenant integer,                       -- NULL: of all, as the cached ones are
                    kind text NOT NULL,                   -- Hosted, ImplicitlyCreated, Cached
                    body text NOT NULL,                   -- the document with its member @context, as it came
                    created timestamptz NOT NULL,
                    expires timestamptz,                  -- until when a cached one is used without asking again
                    entity_tag text,                      -- validators of a cached one
                    last_modified text
                );
                -- The same inline @context is kept once.
                CREATE INDEX context_implicit ON context (tenant, md5(body)) WHERE kind = 'ImplicitlyCreated';
                """##),
    ]
}
