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
        Migration(
            number: 3, name: "0003_value_indexes",
            sql: ##"""
                -- Value indexes, which an administrator declares: the values at a path of the entities of a type, in the order of
                -- 4.23.2. They narrow q to candidates; the entity's document decides.
                CREATE TABLE value_index (
                    key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    tenant integer NOT NULL,
                    type text COLLATE "C" NOT NULL,
                    names text[] COLLATE "C" NOT NULL,    -- the path: an attribute and sub-attributes, stored names
                    members text[] COLLATE "C" NOT NULL,  -- and the path inside the value
                    firsts jsonpath[] NOT NULL,           -- the first that finds something finds the value that orderBy takes
                    places jsonpath[] NOT NULL,           -- all values that q may compare with
                    filled text COLLATE "C" NOT NULL DEFAULT '',  -- the id up to which older entities are in it
                    created timestamptz NOT NULL DEFAULT now(),
                    ready timestamptz,                    -- it holds every entity of the type
                    dropped timestamptz,                  -- no new query takes it; its rows go when no old one can have it
                    UNIQUE (tenant, type, names, members)
                );
                CREATE TABLE entity_value (
                    index integer NOT NULL,
                    rank smallint NOT NULL,               -- 4.23.2: numbers 0, strings 1, objects 2, …, date-times 7, null 8
                    number numeric NOT NULL,              -- 0 where it is none
                    text text COLLATE "C" NOT NULL,       -- '' for a number; cut at 600 characters
                    id text COLLATE "C" NOT NULL,
                    is_first boolean NOT NULL,
                    PRIMARY KEY (index, rank, number, text, id)
                );
                CREATE INDEX entity_value_id ON entity_value (index, id);

                CREATE FUNCTION entity_values(doc jsonb, firsts jsonpath[], places jsonpath[])
                RETURNS TABLE (rank smallint, number numeric, text text, is_first boolean) LANGUAGE sql IMMUTABLE AS $body$
                    SELECT kind.rank::smallint, CASE kind.rank WHEN 0 THEN value::numeric ELSE 0 END,
                        CASE WHEN kind.rank IN (0, 8) THEN '' ELSE left(value #>> '{}', 600) END, bool_or(found.is_first)
                    FROM (
                        (SELECT value, true AS is_first FROM unnest(firsts) WITH ORDINALITY AS first (path, place),
                            LATERAL jsonb_path_query_first(doc, path, '{}', true) AS value
                            WHERE value IS NOT NULL ORDER BY place LIMIT 1)
                        UNION ALL
                        SELECT value, false FROM unnest(places) AS every (path), LATERAL jsonb_path_query(doc, path, '{}', true) AS value
                            WHERE jsonb_typeof(value) IN ('number', 'string', 'boolean')
                    ) AS found, LATERAL (SELECT CASE jsonb_typeof(value) WHEN 'number' THEN 0 WHEN 'object' THEN 2 WHEN 'array' THEN 3
                        WHEN 'boolean' THEN 4 WHEN 'null' THEN 8 ELSE 1 END) AS kind (rank)
                    GROUP BY 1, 2, 3
                $body$;

                -- Triggers on entity call these; they stand there only while an index is declared, and cost nothing before.
                CREATE FUNCTION value_index_inserted() RETURNS trigger LANGUAGE plpgsql AS $body$
                BEGIN
                    INSERT INTO entity_value SELECT v.key, x.rank, x.number, x.text, n.id, x.is_first
                    FROM new_rows n JOIN value_index v ON v.tenant = n.tenant AND v.type = ANY (n.types),
                        LATERAL entity_values(n.doc, v.firsts, v.places) x
                    ON CONFLICT DO NOTHING;
                    RETURN NULL;
                END
                $body$;
                CREATE FUNCTION value_index_updated() RETURNS trigger LANGUAGE plpgsql AS $body$
                DECLARE
                    old_values entity_value[] := ARRAY(SELECT (v.key, x.rank, x.number, x.text, o.id, x.is_first)::entity_value
                        FROM old_rows o JOIN value_index v ON v.tenant = o.tenant AND v.type = ANY (o.types),
                            LATERAL entity_values(o.doc, v.firsts, v.places) x);
                    new_values entity_value[] := ARRAY(SELECT (v.key, x.rank, x.number, x.text, n.id, x.is_first)::entity_value
                        FROM new_rows n JOIN value_index v ON v.tenant = n.tenant AND v.type = ANY (n.types),
                            LATERAL entity_values(n.doc, v.firsts, v.places) x);
                BEGIN
                    DELETE FROM entity_value e USING (SELECT * FROM unnest(old_values) EXCEPT SELECT * FROM unnest(new_values)) AS gone
                    WHERE e.index = gone.index AND e.rank = gone.rank AND e.number = gone.number AND e.text = gone.text AND e.id = gone.id;
                    INSERT INTO entity_value SELECT * FROM unnest(new_values) EXCEPT SELECT * FROM unnest(old_values)
                    ON CONFLICT DO NOTHING;
                    RETURN NULL;
                END
                $body$;
                CREATE FUNCTION value_index_deleted() RETURNS trigger LANGUAGE plpgsql AS $body$
                BEGIN
                    DELETE FROM entity_value e USING old_rows o, value_index v
                    WHERE v.tenant = o.tenant AND v.type = ANY (o.types) AND e.index = v.key AND e.id = o.id;
                    RETURN NULL;
                END
                $body$;
                """##),
        Migration(
            number: 4, name: "0004_value_order",
            sql: ##"""
                -- Value indexes serve orderBy as well as q. Their rows follow the order of 4.23.2 with times and dates apart, those
                -- that orderBy takes stand together, and an entity without a value has a row too: it comes last.

                -- The place of a text in the order of 4.23.2: strings 1, times 5, dates 6, date-times 7.
                CREATE FUNCTION text_rank(value text) RETURNS smallint LANGUAGE sql IMMUTABLE AS $body$
                    SELECT (CASE WHEN value ~ '^[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,6})?Z$' THEN 5
                        WHEN value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN 6
                        WHEN value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,6})?Z$' THEN 7
                        ELSE 1 END)::smallint
                $body$;
                -- The place of a value: numbers 0, objects 2, arrays 3, booleans 4, null 8, nothing 9.
                CREATE FUNCTION value_rank(value jsonb) RETURNS smallint LANGUAGE sql IMMUTABLE AS $body$
                    SELECT CASE jsonb_typeof(value) WHEN 'number' THEN 0::smallint WHEN 'string' THEN text_rank(value #>> '{}')
                        WHEN 'object' THEN 2::smallint WHEN 'array' THEN 3::smallint WHEN 'boolean' THEN 4::smallint
                        WHEN 'null' THEN 8::smallint ELSE 9::smallint END
                $body$;
                -- What a value of this rank, which is no number, is ordered by: of times and date-times their moment; of a text its
                -- beginning, so that it fits one index tuple (2 704 bytes) beside an entity's id (1 024) in any script.
                CREATE FUNCTION text_key(value text, rank smallint) RETURNS text LANGUAGE sql IMMUTABLE AS $body$
                    SELECT CASE rank WHEN 5 THEN left(value, 8) || '.' || rpad(substr(rtrim(value, 'Z'), 10), 6, '0')
                        WHEN 7 THEN left(value, 19) || '.' || rpad(substr(rtrim(value, 'Z'), 21), 6, '0')
                        ELSE left(value, 400) END
                $body$;

                -- No release has filled the former table.
                DROP TABLE entity_value;
                DROP FUNCTION entity_values;
                CREATE TABLE entity_value (
                    index integer NOT NULL,
                    is_first boolean NOT NULL,            -- orderBy takes it: one of each entity
                    rank smallint NOT NULL,               -- value_rank
                    number numeric NOT NULL,              -- 0 where it is none
                    text text COLLATE "C" NOT NULL,       -- text_key; '' for numbers, null and nothing
                    id text COLLATE "C" NOT NULL,
                    PRIMARY KEY (index, is_first, rank, number, text, id)
                ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);  -- a page passes dead rows
                CREATE INDEX entity_value_id ON entity_value (index, id);

                -- An index that was dropped can be declared anew while its rows still go.
                ALTER TABLE value_index DROP CONSTRAINT value_index_tenant_type_names_members_key;
                CREATE UNIQUE INDEX value_index_declared ON value_index (tenant, type, names, members) WHERE dropped IS NULL;
                ALTER TABLE value_index ADD entities bigint NOT NULL DEFAULT 0;  -- that filling has taken
                -- The attribute, where the path is that alone: if it has one instance with a plain value, there is no other value.
                ALTER TABLE value_index ADD plain text COLLATE "C"
                    GENERATED ALWAYS AS (CASE WHEN cardinality(names) = 1 AND cardinality(members) = 0 THEN names[1] END) STORED;
                UPDATE value_index SET filled = '', ready = NULL;

                -- Those that writes keep: no process believes any more in one that was dropped five minutes ago.
                CREATE VIEW value_index_kept AS
                    SELECT key, tenant, type, names[1] AS name, plain, firsts, places FROM value_index
                    WHERE dropped IS NULL OR dropped > now() - interval '5 minutes';

                -- The values of an entity. OFFSET 0 keeps them from being worked out several times.
                CREATE FUNCTION entity_values(doc jsonb, plain text, firsts jsonpath[], places jsonpath[])
                RETURNS TABLE (is_first boolean, rank smallint, number numeric, text text) LANGUAGE sql IMMUTABLE AS $body$
                    SELECT bool_or(found.is_first), kind.rank, CASE kind.rank WHEN 0 THEN found.value::numeric ELSE 0 END,
                        CASE WHEN kind.rank IN (0, 8, 9) THEN '' ELSE text_key(found.value #>> '{}', kind.rank) END
                    FROM (
                        SELECT coalesce(
                            jsonb_path_query_first(doc, firsts[1], '{}', true), jsonb_path_query_first(doc, firsts[2], '{}', true),
                            jsonb_path_query_first(doc, firsts[3], '{}', true), jsonb_path_query_first(doc, firsts[4], '{}', true),
                            jsonb_path_query_first(doc, firsts[5], '{}', true), jsonb_path_query_first(doc, firsts[6], '{}', true),
                            jsonb_path_query_first(doc, firsts[7], '{}', true)) AS value OFFSET 0
                    ) AS first, LATERAL (
                        SELECT first.value, true AS is_first
                        UNION ALL
                        SELECT value, false FROM unnest(places) AS every (path), LATERAL jsonb_path_query(doc, path, '{}', true) AS value
                        WHERE NOT coalesce(NOT doc ? plain OR (jsonb_typeof(doc -> plain) = 'object'
                                AND jsonb_typeof(first.value) IN ('number', 'string', 'boolean')), false)
                            AND jsonb_typeof(value) IN ('number', 'string', 'boolean')
                    ) AS found, LATERAL (SELECT value_rank(found.value) OFFSET 0) AS kind (rank)
                    GROUP BY 2, 3, 4
                $body$;

                CREATE OR REPLACE FUNCTION value_index_inserted() RETURNS trigger LANGUAGE plpgsql AS $body$
                BEGIN
                    INSERT INTO entity_value SELECT v.key, x.is_first, x.rank, x.number, x.text, n.id
                    FROM new_rows n JOIN value_index_kept v ON v.tenant = n.tenant AND v.type = ANY (n.types),
                        LATERAL entity_values(n.doc, v.plain, v.firsts, v.places) x
                    ON CONFLICT DO NOTHING;
                    RETURN NULL;
                END
                $body$;
                -- Only where the attribute has changed. The two versions of many rows are hashed to find each other, which a write
                -- lane's session else rules out.
                CREATE OR REPLACE FUNCTION value_index_updated() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = on AS $body$
                DECLARE
                    old_values entity_value[];
                    new_values entity_value[];
                BEGIN
                    WITH changed AS (
                        SELECT v.key, v.plain, v.firsts, v.places, n.id, CASE WHEN v.type = ANY (o.types) THEN o.doc END AS old_doc,
                            CASE WHEN v.type = ANY (n.types) THEN n.doc END AS new_doc
                        FROM new_rows n JOIN old_rows o ON o.tenant = n.tenant AND o.id = n.id
                            JOIN value_index_kept v ON v.tenant = n.tenant AND (v.type = ANY (o.types) OR v.type = ANY (n.types))
                        WHERE o.doc -> v.name IS DISTINCT FROM n.doc -> v.name OR (v.type = ANY (o.types)) <> (v.type = ANY (n.types))
                    )
                    SELECT
                        ARRAY(SELECT (c.key, x.is_first, x.rank, x.number, x.text, c.id)::entity_value
                            FROM changed c, LATERAL entity_values(c.old_doc, c.plain, c.firsts, c.places) x
                            WHERE c.old_doc IS NOT NULL),
                        ARRAY(SELECT (c.key, x.is_first, x.rank, x.number, x.text, c.id)::entity_value
                            FROM changed c, LATERAL entity_values(c.new_doc, c.plain, c.firsts, c.places) x
                            WHERE c.new_doc IS NOT NULL)
                    INTO old_values, new_values;
                    DELETE FROM entity_value e USING (SELECT * FROM unnest(old_values) EXCEPT SELECT * FROM unnest(new_values)) AS gone
                    WHERE e.index = gone.index AND e.is_first = gone.is_first AND e.rank = gone.rank AND e.number = gone.number
                        AND e.text = gone.text AND e.id = gone.id;
                    INSERT INTO entity_value SELECT * FROM unnest(new_values) EXCEPT SELECT * FROM unnest(old_values)
                    ON CONFLICT DO NOTHING;
                    RETURN NULL;
                END
                $body$;
                CREATE OR REPLACE FUNCTION value_index_deleted() RETURNS trigger LANGUAGE plpgsql AS $body$
                BEGIN
                    DELETE FROM entity_value e USING old_rows o, value_index_kept v
                    WHERE v.tenant = o.tenant AND v.type = ANY (o.types) AND e.index = v.key AND e.id = o.id;
                    RETURN NULL;
                END
                $body$;

                -- Lets writes keep the indexes. Whoever wrote before has ended when this returns, and nobody writes until the
                -- transaction ends: an index that it adds misses nothing.
                CREATE FUNCTION value_index_start() RETURNS void LANGUAGE plpgsql AS $body$
                BEGIN
                    LOCK TABLE entity IN SHARE ROW EXCLUSIVE MODE;
                    CREATE OR REPLACE TRIGGER value_index_inserted AFTER INSERT ON entity
                        REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION value_index_inserted();
                    CREATE OR REPLACE TRIGGER value_index_updated AFTER UPDATE ON entity
                        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                        FOR EACH STATEMENT EXECUTE FUNCTION value_index_updated();
                    CREATE OR REPLACE TRIGGER value_index_deleted AFTER DELETE ON entity
                        REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION value_index_deleted();
                END
                $body$;
                -- Takes the triggers away where there is no index: even one that does nothing copies each row that is written.
                CREATE FUNCTION value_index_rest() RETURNS void LANGUAGE plpgsql AS $body$
                BEGIN
                    LOCK TABLE entity IN ACCESS EXCLUSIVE MODE;
                    IF NOT EXISTS (SELECT FROM value_index) THEN
                        DROP TRIGGER IF EXISTS value_index_inserted ON entity;
                        DROP TRIGGER IF EXISTS value_index_updated ON entity;
                        DROP TRIGGER IF EXISTS value_index_deleted ON entity;
                    END IF;
                END
                $body$;
                """##),
        Migration(
            number: 5, name: "0005_context_usage",
            sql: ##"""
                -- How often an @context was found (5.13.3.5), added up by the processes that found it.
                ALTER TABLE context
                    ADD COLUMN hits bigint NOT NULL DEFAULT 0,
                    ADD COLUMN last_usage timestamptz;        -- NULL: never used
                """##),
        Migration(
            number: 6, name: "0006_statistics",
            sql: ##"""
                -- No plan asks what documents, types and scopes are like: rows are found by key or by the side tables. To gather that
                -- anyway took a quarter of PostgreSQL's time while entities were created.
                ALTER TABLE entity
                    ALTER COLUMN doc SET STATISTICS 0, ALTER COLUMN types SET STATISTICS 0, ALTER COLUMN scopes SET STATISTICS 0;
                """##),
        Migration(
            number: 7, name: "0007_document_text",
            sql: ##"""
                -- Documents become text, a line an attribute (`Attributes.document`): what is read and written most is neither parsed
                -- nor spelled out by PostgreSQL, and a condition on an attribute parses that attribute alone.
                CREATE FUNCTION entity_lines(doc jsonb) RETURNS text LANGUAGE sql AS $body$
                    -- The blank behind an attribute says that it is not known to be served as it is stored.
                    SELECT '{' || coalesce(string_agg(E'\n' || to_json(key) || ':' || value || ' ', E'\n,'), '') || E'\n}'
                    FROM jsonb_each(doc)
                $body$;
                ALTER TABLE entity ALTER doc TYPE text COLLATE "C" USING entity_lines(doc);
                DROP FUNCTION entity_lines;

                -- An attribute's text in a document, '' where there is none. `start` is what its line starts with: a line break, the
                -- name as JSON, a colon.
                CREATE FUNCTION entity_line(doc text, start text) RETURNS text LANGUAGE sql IMMUTABLE AS $body$
                    SELECT split_part(split_part(doc, start, 2), E'\n', 1)
                $body$;
                -- The document as if it had no other attribute.
                CREATE FUNCTION entity_part(doc text, start text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $body$
                    SELECT coalesce('{' || substr(start, 2) || nullif(entity_line(doc, start), '') || '}', '{}')::jsonb
                $body$;

                CREATE OR REPLACE VIEW value_index_kept AS
                    SELECT key, tenant, type, names[1] AS name, plain, firsts, places, E'\n' || to_json(names[1]) || ':' AS start
                    FROM value_index WHERE dropped IS NULL OR dropped > now() - interval '5 minutes';

                -- The value of a JSON-LD value object ({"@type": "DateTime", "@value": "…"}) is its "@value": one place more to look at.
                CREATE OR REPLACE FUNCTION entity_values(doc jsonb, plain text, firsts jsonpath[], places jsonpath[])
                RETURNS TABLE (is_first boolean, rank smallint, number numeric, text text) LANGUAGE sql IMMUTABLE AS $body$
                    SELECT bool_or(found.is_first), kind.rank, CASE kind.rank WHEN 0 THEN found.value::numeric ELSE 0 END,
                        CASE WHEN kind.rank IN (0, 8, 9) THEN '' ELSE text_key(found.value #>> '{}', kind.rank) END
                    FROM (
                        SELECT coalesce(
                            jsonb_path_query_first(doc, firsts[1], '{}', true), jsonb_path_query_first(doc, firsts[2], '{}', true),
                            jsonb_path_query_first(doc, firsts[3], '{}', true), jsonb_path_query_first(doc, firsts[4], '{}', true),
                            jsonb_path_query_first(doc, firsts[5], '{}', true), jsonb_path_query_first(doc, firsts[6], '{}', true),
                            jsonb_path_query_first(doc, firsts[7], '{}', true), jsonb_path_query_first(doc, firsts[8], '{}', true))
                            AS value OFFSET 0
                    ) AS first, LATERAL (
                        SELECT first.value, true AS is_first
                        UNION ALL
                        SELECT value, false FROM unnest(places) AS every (path), LATERAL jsonb_path_query(doc, path, '{}', true) AS value
                        WHERE NOT coalesce(NOT doc ? plain OR (jsonb_typeof(doc -> plain) = 'object'
                                AND jsonb_typeof(first.value) IN ('number', 'string', 'boolean')), false)
                            AND jsonb_typeof(value) IN ('number', 'string', 'boolean')
                    ) AS found, LATERAL (SELECT value_rank(found.value) OFFSET 0) AS kind (rank)
                    GROUP BY 2, 3, 4
                $body$;
                -- Those that were declared before are filled anew.
                UPDATE value_index v SET filled = '', entities = 0, ready = NULL,
                    firsts = ARRAY[typed.path] || firsts, places = places || (typed.path::text || '[*]')::jsonpath
                FROM (
                    SELECT key, ('$' || string_agg('.' || to_json(name), '' ORDER BY place) || ' ? (@.value.type() == "object").value."@value"')::jsonpath
                    FROM value_index, unnest(names) WITH ORDINALITY AS part (name, place) GROUP BY key
                ) AS typed (key, path) WHERE v.key = typed.key AND cardinality(members) = 0 AND cardinality(firsts) = 7;

                CREATE OR REPLACE FUNCTION value_index_inserted() RETURNS trigger LANGUAGE plpgsql AS $body$
                BEGIN
                    INSERT INTO entity_value SELECT v.key, x.is_first, x.rank, x.number, x.text, n.id
                    FROM new_rows n JOIN value_index_kept v ON v.tenant = n.tenant AND v.type = ANY (n.types),
                        LATERAL (SELECT entity_part(n.doc, v.start) AS doc OFFSET 0) part,
                        LATERAL entity_values(part.doc, v.plain, v.firsts, v.places) x
                    ON CONFLICT DO NOTHING;
                    RETURN NULL;
                END
                $body$;
                CREATE OR REPLACE FUNCTION value_index_updated() RETURNS trigger LANGUAGE plpgsql SET enable_hashjoin = on AS $body$
                DECLARE
                    old_values entity_value[];
                    new_values entity_value[];
                BEGIN
                    WITH changed AS (
                        SELECT v.key, v.plain, v.firsts, v.places, n.id,
                            CASE WHEN v.type = ANY (o.types) THEN entity_part(o.doc, v.start) END AS old_doc,
                            CASE WHEN v.type = ANY (n.types) THEN entity_part(n.doc, v.start) END AS new_doc
                        FROM new_rows n JOIN old_rows o ON o.tenant = n.tenant AND o.id = n.id
                            JOIN value_index_kept v ON v.tenant = n.tenant AND (v.type = ANY (o.types) OR v.type = ANY (n.types))
                        WHERE entity_line(o.doc, v.start) <> entity_line(n.doc, v.start)
                            OR (v.type = ANY (o.types)) <> (v.type = ANY (n.types))
                    )
                    SELECT
                        ARRAY(SELECT (c.key, x.is_first, x.rank, x.number, x.text, c.id)::entity_value
                            FROM changed c, LATERAL entity_values(c.old_doc, c.plain, c.firsts, c.places) x
                            WHERE c.old_doc IS NOT NULL),
                        ARRAY(SELECT (c.key, x.is_first, x.rank, x.number, x.text, c.id)::entity_value
                            FROM changed c, LATERAL entity_values(c.new_doc, c.plain, c.firsts, c.places) x
                            WHERE c.new_doc IS NOT NULL)
                    INTO old_values, new_values;
                    DELETE FROM entity_value e USING (SELECT * FROM unnest(old_values) EXCEPT SELECT * FROM unnest(new_values)) AS gone
                    WHERE e.index = gone.index AND e.is_first = gone.is_first AND e.rank = gone.rank AND e.number = gone.number
                        AND e.text = gone.text AND e.id = gone.id;
                    INSERT INTO entity_value SELECT * FROM unnest(new_values) EXCEPT SELECT * FROM unnest(old_values)
                    ON CONFLICT DO NOTHING;
                    RETURN NULL;
                END
                $body$;
                """##),
    ]
}
