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
