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
