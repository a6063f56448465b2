
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
    last_modified text
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
    doc jsonb NOT NULL
)
WITH (fillfactor='50');

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
ALTER TABLE ONLY schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (number);
ALTER TABLE ONLY server_epoch
    ADD CONSTRAINT server_epoch_pkey PRIMARY KEY (single);
ALTER TABLE ONLY tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (key);
CREATE INDEX context_implicit ON context USING btree (tenant, md5(body)) WHERE (kind = 'ImplicitlyCreated'::text);
CREATE INDEX entity_due ON entity USING btree (due) WHERE (due IS NOT NULL);
CREATE INDEX entity_geo_geography ON entity_geo USING gist (((geometry)::geography));
CREATE INDEX entity_geo_geometry ON entity_geo USING gist (geometry);
CREATE UNIQUE INDEX tenant_name ON tenant USING btree (name) WHERE (deleted IS NULL);
