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
