import Postgres

// Rows are found by key alone. A write lane's session rules out other plans (`WriteSession.open`), so a
// table that was small when a statement was planned is not read whole when it has grown.

extension Call {
    /// Locks the rows of `keys` and reads them: columns of `StoredEntity(_:row:)`, then `tenant` and `due`.
    ///
    /// Only ORDER BY fixes the order of the locks; without it two processes can deadlock.
    static func lockAndLoad(_ keys: KeyColumns) -> Call {
        Call(lockAndLoadStatement, keys.tenants, keys.ids)
    }
    private static let lockAndLoadStatement = Statement(
        """
        SELECT id, types, scopes, created, modified, expires, doc, tenant, due
        FROM entity JOIN unnest($1::integer[], $2::text[]) AS wanted (tenant, id) USING (tenant, id)
        ORDER BY tenant, id FOR NO KEY UPDATE OF entity
        """)

    /// The transaction's number, by which its fate can be asked for, and the version of the configuration.
    static let readConfiguration = Call(
        Statement("SELECT pg_current_xact_id()::text, version FROM configuration"))

    /// The keys that were absent still, and now are there.
    ///
    /// DO NOTHING, never DO UPDATE: two processes that create one entity must not overwrite each other.
    static func insert(_ rows: EntityColumns) -> Call {
        Call(
            insertStatement, rows.keys.tenants, rows.keys.ids, rows.types, rows.scopes, rows.created,
            rows.modified, rows.expires, rows.due, rows.documents)
    }
    private static let insertStatement = Statement(
        """
        WITH inserted AS (
            INSERT INTO entity (tenant, id, types, scopes, created, modified, expires, due, doc)
            SELECT tenant, id, types::text[], scopes::text[], created, modified, expires, due, doc
            FROM unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::timestamptz[],
                        $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::text[])
                AS new (tenant, id, types, scopes, created, modified, expires, due, doc)
            ON CONFLICT DO NOTHING RETURNING tenant, id
        ), counted AS (
            INSERT INTO entity_count_delta (tenant, type, entities)
            SELECT tenant, '', count(*) FROM inserted GROUP BY tenant
        )
        SELECT tenant, id FROM inserted
        """)

    static func touch(_ rows: DocumentColumns) -> Call {
        Call(touchStatement, rows.keys.tenants, rows.keys.ids, rows.modified, rows.documents)
    }
    private static let touchStatement = Statement(
        """
        UPDATE entity SET modified = new.modified, doc = new.doc
        FROM unnest($1::integer[], $2::text[], $3::timestamptz[], $4::text[])
            AS new (tenant, id, modified, doc)
        WHERE entity.tenant = new.tenant AND entity.id = new.id
        """)

    static func rewrite(_ rows: EntityColumns) -> Call {
        Call(
            rewriteStatement, rows.keys.tenants, rows.keys.ids, rows.types, rows.scopes, rows.created,
            rows.modified, rows.expires, rows.due, rows.documents)
    }
    private static let rewriteStatement = Statement(
        """
        UPDATE entity SET types = new.types::text[], scopes = new.scopes::text[], created = new.created,
            modified = new.modified, expires = new.expires, due = new.due, doc = new.doc
        FROM unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::timestamptz[],
                    $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::text[])
            AS new (tenant, id, types, scopes, created, modified, expires, due, doc)
        WHERE entity.tenant = new.tenant AND entity.id = new.id
        """)

    static func delete(_ keys: KeyColumns) -> Call {
        Call(deleteStatement, keys.tenants, keys.ids)
    }
    private static let deleteStatement = Statement(
        """
        WITH deleted AS (
            DELETE FROM entity USING unnest($1::integer[], $2::text[]) AS old (tenant, id)
            WHERE entity.tenant = old.tenant AND entity.id = old.id RETURNING entity.tenant
        )
        INSERT INTO entity_count_delta (tenant, type, entities)
        SELECT tenant, '', -count(*) FROM deleted GROUP BY tenant
        """)
}

// The side tables. What is added stands under a condition: that this transaction has written the entity's
// row. Where another process was first with an insert, it has not.
extension Call {
    static func addTypes(_ types: NameColumns) -> Call {
        Call(addTypesStatement, types.keys.tenants, types.keys.ids, types.names)
    }
    private static let addTypesStatement = Statement(
        """
        WITH added AS (
            INSERT INTO entity_type (tenant, type, id)
            SELECT new.tenant, new.type, new.id
            FROM unnest($1::integer[], $2::text[], $3::text[]) AS new (tenant, id, type)
            JOIN entity ON entity.tenant = new.tenant AND entity.id = new.id
                AND entity.xmin = pg_current_xact_id()::xid
            ON CONFLICT DO NOTHING RETURNING tenant, type
        )
        INSERT INTO entity_count_delta (tenant, type, entities)
        SELECT tenant, type, count(*) FROM added GROUP BY tenant, type
        """)

    static func removeTypes(_ types: NameColumns) -> Call {
        Call(removeTypesStatement, types.keys.tenants, types.keys.ids, types.names)
    }
    private static let removeTypesStatement = Statement(
        """
        WITH removed AS (
            DELETE FROM entity_type USING unnest($1::integer[], $2::text[], $3::text[]) AS old (tenant, id, type)
            WHERE entity_type.tenant = old.tenant AND entity_type.type = old.type AND entity_type.id = old.id
            RETURNING entity_type.tenant, entity_type.type
        )
        INSERT INTO entity_count_delta (tenant, type, entities)
        SELECT tenant, type, -count(*) FROM removed GROUP BY tenant, type
        """)

    static func addScopes(_ scopes: NameColumns) -> Call {
        Call(addScopesStatement, scopes.keys.tenants, scopes.keys.ids, scopes.names)
    }
    private static let addScopesStatement = Statement(
        """
        INSERT INTO entity_scope (tenant, scope, id)
        SELECT new.tenant, new.scope, new.id
        FROM unnest($1::integer[], $2::text[], $3::text[]) AS new (tenant, id, scope)
        JOIN entity ON entity.tenant = new.tenant AND entity.id = new.id
            AND entity.xmin = pg_current_xact_id()::xid
        ON CONFLICT DO NOTHING
        """)

    static func removeScopes(_ scopes: NameColumns) -> Call {
        Call(removeScopesStatement, scopes.keys.tenants, scopes.keys.ids, scopes.names)
    }
    private static let removeScopesStatement = Statement(
        """
        DELETE FROM entity_scope USING unnest($1::integer[], $2::text[], $3::text[]) AS old (tenant, id, scope)
        WHERE entity_scope.tenant = old.tenant AND entity_scope.scope = old.scope AND entity_scope.id = old.id
        """)

    static func putGeometries(_ rows: GeometryColumns) -> Call {
        Call(
            putGeometriesStatement, rows.keys.tenants, rows.keys.ids, rows.attributes, rows.instances,
            rows.geoJSON)
    }
    private static let putGeometriesStatement = Statement(
        """
        INSERT INTO entity_geo (tenant, id, attribute, instance, geometry)
        SELECT new.tenant, new.id, new.attribute, new.instance, ST_GeomFromGeoJSON(new.geojson)
        FROM unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::text[])
            AS new (tenant, id, attribute, instance, geojson)
        JOIN entity ON entity.tenant = new.tenant AND entity.id = new.id
            AND entity.xmin = pg_current_xact_id()::xid
        ON CONFLICT (tenant, id, attribute, instance) DO UPDATE SET geometry = excluded.geometry
        """)

    static func removeGeometries(_ rows: GeometryColumns) -> Call {
        Call(removeGeometriesStatement, rows.keys.tenants, rows.keys.ids, rows.attributes, rows.instances)
    }
    private static let removeGeometriesStatement = Statement(
        """
        DELETE FROM entity_geo
        USING unnest($1::integer[], $2::text[], $3::text[], $4::text[]) AS old (tenant, id, attribute, instance)
        WHERE entity_geo.tenant = old.tenant AND entity_geo.id = old.id
            AND entity_geo.attribute = old.attribute AND entity_geo.instance = old.instance
        """)
}

extension WriteSet {
    /// The statements that store this, those with nothing to do left out.
    ///
    /// Inserts come first: they may wait for another process, which must not wait for us; after them nothing
    /// waits any more.
    var calls: [Call] {
        var calls: [Call] = []
        if !inserts.keys.isEmpty { calls.append(.insert(inserts)) }
        if !touches.keys.isEmpty { calls.append(.touch(touches)) }
        if !rewrites.keys.isEmpty { calls.append(.rewrite(rewrites)) }
        if !deletes.isEmpty { calls.append(.delete(deletes)) }
        if !types.removed.keys.isEmpty { calls.append(.removeTypes(types.removed)) }
        if !types.added.keys.isEmpty { calls.append(.addTypes(types.added)) }
        if !scopes.removed.keys.isEmpty { calls.append(.removeScopes(scopes.removed)) }
        if !scopes.added.keys.isEmpty { calls.append(.addScopes(scopes.added)) }
        if !geometries.removed.keys.isEmpty { calls.append(.removeGeometries(geometries.removed)) }
        if !geometries.put.keys.isEmpty { calls.append(.putGeometries(geometries.put)) }
        return calls
    }
}
