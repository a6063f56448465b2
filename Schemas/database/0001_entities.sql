-- The entities as they are now. Its primary key is its only index that an attribute update could touch: updates stay HOT.
CREATE TABLE tenant (
    key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE,
    created timestamptz NOT NULL DEFAULT now()
);
INSERT INTO tenant (name) VALUES ('');  -- key 1: the default tenant

CREATE TABLE entity (
    tenant integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    types text[] COLLATE "C" NOT NULL,
    scopes text[] COLLATE "C" NOT NULL,
    created timestamptz NOT NULL,
    modified timestamptz NOT NULL,
    expires timestamptz,
    due timestamptz,              -- the earliest moment at which it, or an attribute of it, expires
    doc jsonb NOT NULL,           -- the attributes by stored name
    PRIMARY KEY (tenant, id)
) WITH (fillfactor = 70);
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
