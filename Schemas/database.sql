CREATE FUNCTION entity_line(doc text, start text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT split_part(split_part(doc, start, 2), E'\n', 1)
$$;
CREATE FUNCTION entity_part(doc text, start text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce('{' || substr(start, 2) || nullif(entity_line(doc, start), '') || '}', '{}')::jsonb
$$;
CREATE FUNCTION entity_values(doc jsonb, plain text, firsts jsonpath[], places jsonpath[]) RETURNS TABLE(is_first boolean, rank smallint, number numeric, text text)
    LANGUAGE sql IMMUTABLE
    AS $$
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
$$;
CREATE FUNCTION text_key(value text, rank smallint) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE rank WHEN 5 THEN left(value, 8) || '.' || rpad(substr(rtrim(value, 'Z'), 10), 6, '0')
        WHEN 7 THEN left(value, 19) || '.' || rpad(substr(rtrim(value, 'Z'), 21), 6, '0')
        ELSE left(value, 400) END
$$;
CREATE FUNCTION text_rank(value text) RETURNS smallint
    LANGUAGE sql IMMUTABLE
    AS $_$
    SELECT (CASE WHEN value ~ '^[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,6})?Z$' THEN 5
        WHEN value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN 6
        WHEN value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]{1,6})?Z$' THEN 7
        ELSE 1 END)::smallint
$_$;
CREATE FUNCTION value_index_deleted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM entity_value e USING old_rows o, value_index_kept v
    WHERE v.tenant = o.tenant AND v.type = ANY (o.types) AND e.index = v.key AND e.id = o.id;
    RETURN NULL;
END
$$;
CREATE FUNCTION value_index_inserted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO entity_value SELECT v.key, x.is_first, x.rank, x.number, x.text, n.id
    FROM new_rows n JOIN value_index_kept v ON v.tenant = n.tenant AND v.type = ANY (n.types),
        LATERAL (SELECT entity_part(n.doc, v.start) AS doc OFFSET 0) part,
        LATERAL entity_values(part.doc, v.plain, v.firsts, v.places) x
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE FUNCTION value_index_rest() RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    LOCK TABLE entity IN ACCESS EXCLUSIVE MODE;
    IF NOT EXISTS (SELECT FROM value_index) THEN
        DROP TRIGGER IF EXISTS value_index_inserted ON entity;
        DROP TRIGGER IF EXISTS value_index_updated ON entity;
        DROP TRIGGER IF EXISTS value_index_deleted ON entity;
    END IF;
END
$$;
CREATE FUNCTION value_index_start() RETURNS void
    LANGUAGE plpgsql
    AS $$
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
$$;
CREATE FUNCTION value_index_updated() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_hashjoin TO 'on'
    AS $$
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
$$;
CREATE FUNCTION value_rank(value jsonb) RETURNS smallint
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE jsonb_typeof(value) WHEN 'number' THEN 0::smallint WHEN 'string' THEN text_rank(value #>> '{}')
        WHEN 'object' THEN 2::smallint WHEN 'array' THEN 3::smallint WHEN 'boolean' THEN 4::smallint
        WHEN 'null' THEN 8::smallint ELSE 9::smallint END
$$;

CREATE TABLE configuration (
    single boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT configuration_single_check CHECK (single)
);

CREATE TABLE context (
    id text NOT NULL COLLATE "C",
    tenant integer,
    kind text NOT NULL,
    body text NOT NULL,
    created timestamp with time zone NOT NULL,
    expires timestamp with time zone,
    entity_tag text,
    last_modified text,
    hits bigint DEFAULT 0 NOT NULL,
    last_usage timestamp with time zone
);

CREATE TABLE entity (
    tenant integer NOT NULL,
    id text NOT NULL COLLATE "C",
    types text[] NOT NULL COLLATE "C",
    scopes text[] NOT NULL COLLATE "C",
    created timestamp with time zone NOT NULL,
    modified timestamp with time zone NOT NULL,
    expires timestamp with time zone,
    due timestamp with time zone,
    doc text NOT NULL COLLATE "C"
)
WITH (fillfactor='50');
ALTER TABLE ONLY entity ALTER COLUMN types SET STATISTICS 0;
ALTER TABLE ONLY entity ALTER COLUMN scopes SET STATISTICS 0;
ALTER TABLE ONLY entity ALTER COLUMN doc SET STATISTICS 0;

CREATE TABLE entity_count (
    tenant integer NOT NULL,
    type text NOT NULL COLLATE "C",
    entities bigint NOT NULL
);

CREATE TABLE entity_count_delta (
    tenant integer NOT NULL,
    type text NOT NULL COLLATE "C",
    entities bigint NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_insert_scale_factor='0', autovacuum_vacuum_insert_threshold='50000');

CREATE TABLE entity_geo (
    tenant integer NOT NULL,
    id text NOT NULL COLLATE "C",
    attribute text NOT NULL COLLATE "C",
    instance text NOT NULL COLLATE "C",
    geometry geometry NOT NULL
);

CREATE TABLE entity_scope (
    tenant integer NOT NULL,
    scope text NOT NULL COLLATE "C",
    id text NOT NULL COLLATE "C"
);

CREATE TABLE entity_type (
    tenant integer NOT NULL,
    type text NOT NULL COLLATE "C",
    id text NOT NULL COLLATE "C"
);

CREATE TABLE entity_value (
    index integer NOT NULL,
    is_first boolean NOT NULL,
    rank smallint NOT NULL,
    number numeric NOT NULL,
    text text NOT NULL COLLATE "C",
    id text NOT NULL COLLATE "C"
)
WITH (autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_insert_scale_factor='0.02');

CREATE TABLE schema_version (
    number integer NOT NULL,
    name text NOT NULL,
    checksum bytea NOT NULL,
    applied timestamp with time zone DEFAULT now() NOT NULL
);

CREATE UNLOGGED TABLE server_epoch (
    single boolean DEFAULT true NOT NULL,
    epoch uuid DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT server_epoch_single_check CHECK (single)
);

CREATE TABLE tenant (
    key integer NOT NULL,
    name text NOT NULL COLLATE "C",
    created timestamp with time zone DEFAULT now() NOT NULL,
    deleted timestamp with time zone,
    swept boolean DEFAULT false NOT NULL
);
ALTER TABLE tenant ALTER COLUMN key ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME tenant_key_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE value_index (
    key integer NOT NULL,
    tenant integer NOT NULL,
    type text NOT NULL COLLATE "C",
    names text[] NOT NULL COLLATE "C",
    members text[] NOT NULL COLLATE "C",
    firsts jsonpath[] NOT NULL,
    places jsonpath[] NOT NULL,
    filled text DEFAULT ''::text NOT NULL COLLATE "C",
    created timestamp with time zone DEFAULT now() NOT NULL,
    ready timestamp with time zone,
    dropped timestamp with time zone,
    entities bigint DEFAULT 0 NOT NULL,
    plain text GENERATED ALWAYS AS (
CASE
    WHEN ((cardinality(names) = 1) AND (cardinality(members) = 0)) THEN names[1]
    ELSE NULL::text
END) STORED COLLATE "C"
);
CREATE VIEW value_index_kept AS
 SELECT value_index.key,
    value_index.tenant,
    value_index.type,
    value_index.names[1] AS name,
    value_index.plain,
    value_index.firsts,
    value_index.places,
    (('
'::text || to_json(value_index.names[1])) || ':'::text) AS start
   FROM value_index
  WHERE ((value_index.dropped IS NULL) OR (value_index.dropped > (now() - '00:05:00'::interval)));
ALTER TABLE value_index ALTER COLUMN key ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME value_index_key_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY configuration
    ADD CONSTRAINT configuration_pkey PRIMARY KEY (single);
ALTER TABLE ONLY context
    ADD CONSTRAINT context_pkey PRIMARY KEY (id);
ALTER TABLE ONLY entity_count
    ADD CONSTRAINT entity_count_pkey PRIMARY KEY (tenant, type);
ALTER TABLE ONLY entity_geo
    ADD CONSTRAINT entity_geo_pkey PRIMARY KEY (tenant, id, attribute, instance);
ALTER TABLE ONLY entity
    ADD CONSTRAINT entity_pkey PRIMARY KEY (tenant, id);
ALTER TABLE ONLY entity_scope
    ADD CONSTRAINT entity_scope_pkey PRIMARY KEY (tenant, scope, id);
ALTER TABLE ONLY entity_type
    ADD CONSTRAINT entity_type_pkey PRIMARY KEY (tenant, type, id);
ALTER TABLE ONLY entity_value
    ADD CONSTRAINT entity_value_pkey PRIMARY KEY (index, is_first, rank, number, text, id);
ALTER TABLE ONLY schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (number);
ALTER TABLE ONLY server_epoch
    ADD CONSTRAINT server_epoch_pkey PRIMARY KEY (single);
ALTER TABLE ONLY tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (key);
ALTER TABLE ONLY value_index
    ADD CONSTRAINT value_index_pkey PRIMARY KEY (key);
CREATE INDEX context_implicit ON context USING btree (tenant, md5(body)) WHERE (kind = 'ImplicitlyCreated'::text);
CREATE INDEX entity_due ON entity USING btree (due) WHERE (due IS NOT NULL);
CREATE INDEX entity_geo_geography ON entity_geo USING gist (((geometry)::geography));
CREATE INDEX entity_geo_geometry ON entity_geo USING gist (geometry);
CREATE INDEX entity_value_id ON entity_value USING btree (index, id);
CREATE UNIQUE INDEX tenant_name ON tenant USING btree (name) WHERE (deleted IS NULL);
CREATE UNIQUE INDEX value_index_declared ON value_index USING btree (tenant, type, names, members) WHERE (dropped IS NULL);
