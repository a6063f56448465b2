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
