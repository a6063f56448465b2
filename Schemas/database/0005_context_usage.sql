-- How often an @context was found (5.13.3.5), added up by the processes that found it.
ALTER TABLE context
    ADD COLUMN hits bigint NOT NULL DEFAULT 0,
    ADD COLUMN last_usage timestamptz;        -- NULL: never used
