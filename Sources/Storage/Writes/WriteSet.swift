import NGSILD
import Postgres

/// What a batch stores: the parameters of its statements, a column an array, rows in the order of their keys.
struct WriteSet {
    /// Rows that were absent.
    ///
    /// Another process may insert one first: then it, and all that goes with it, is not stored.
    private(set) var inserts = EntityColumns()
    /// Rows of which more changes than the document.
    private(set) var rewrites = EntityColumns()
    /// Rows of which only the document changes: nearly all.
    private(set) var touches = DocumentColumns()
    private(set) var deletes = KeyColumns()
    private(set) var types = NameChanges()
    private(set) var scopes = NameChanges()
    private(set) var geometries = GeometryChanges()

    var isEmpty: Bool {
        inserts.keys.isEmpty && rewrites.keys.isEmpty && touches.keys.isEmpty && deletes.isEmpty
    }

    /// Adds what leads from `row` to `entity`; nothing where they are the same.
    mutating func add(_ key: EntityKey, from row: LockedRow?, to entity: Entity?) {
        switch (row, entity) {
        case (nil, nil): return
        case (nil, let entity?): inserts.append(key, entity, due: entity.due)
        case (_?, nil): deletes.append(key)
        case (let row?, let entity?):
            guard row.entity != entity else { return }
            return update(key, from: row, to: entity)
        }
        types.add(key, from: row?.entity.types ?? [], to: entity?.types ?? [])
        scopes.add(key, from: row?.entity.scopes ?? [], to: entity?.scopes ?? [])
        geometries.add(key, from: row?.entity.geometries ?? [], to: entity?.geometries ?? [])
    }

    private mutating func update(_ key: EntityKey, from row: LockedRow, to entity: Entity) {
        let before = row.entity
        // An update of one attribute shall cost that attribute, however many there are.
        let touched = entity.attributes.touched(since: before.attributes)
        let due =
            if let touched, row.due == nil, entity.expiresAt == nil {
                entity.due(among: touched)
            } else {
                entity.due
            }
        if row.due == due, before.differsInAttributesOnly(from: entity) {
            touches.append(key, entity)
        } else {
            rewrites.append(key, entity, due: due)
            types.add(key, from: before.types, to: entity.types)
            scopes.add(key, from: before.scopes, to: entity.scopes)
        }
        if let touched {
            geometries.add(
                key, from: before.geometries(among: touched), to: entity.geometries(among: touched))
        } else {
            geometries.add(key, from: before.geometries, to: entity.geometries)
        }
    }
}

extension Entity {
    fileprivate func differsInAttributesOnly(from other: Entity) -> Bool {
        types.elementsEqual(other.types) { Verbatim($0) == Verbatim($1) }
            && scopes.elementsEqual(other.scopes) { Verbatim($0) == Verbatim($1) }
            && createdAt == other.createdAt && expiresAt == other.expiresAt
    }
}

/// Columns `tenant` and `id`.
struct KeyColumns {
    private(set) var tenants: [Int32] = []
    private(set) var ids: [String] = []

    var isEmpty: Bool { ids.isEmpty }

    mutating func append(_ key: EntityKey) {
        tenants.append(key.tenant.number)
        ids.append(key.id.description)
    }
}

/// A row's key, and what an update of attributes changes.
struct DocumentColumns {
    private(set) var keys = KeyColumns()
    private(set) var modified: [PostgresTimestamp] = []
    private(set) var documents: [UTF8Text] = []

    mutating func append(_ key: EntityKey, _ entity: Entity) {
        keys.append(key)
        modified.append(PostgresTimestamp(entity.modifiedAt))
        documents.append(UTF8Text(entity.document))
    }
}

/// Whole rows of table `entity`.
struct EntityColumns {
    private var documentColumns = DocumentColumns()
    /// Array literals: arrays of arrays of several lengths do not exist in SQL.
    private(set) var types: [String] = []
    private(set) var scopes: [String] = []
    private(set) var created: [PostgresTimestamp] = []
    private(set) var expires: [PostgresTimestamp?] = []
    private(set) var due: [PostgresTimestamp?] = []

    var keys: KeyColumns { documentColumns.keys }
    var modified: [PostgresTimestamp] { documentColumns.modified }
    var documents: [UTF8Text] { documentColumns.documents }

    mutating func append(_ key: EntityKey, _ entity: Entity, due moment: Timestamp?) {
        documentColumns.append(key, entity)
        types.append(arrayLiteral(entity.types))
        scopes.append(arrayLiteral(entity.scopes))
        created.append(PostgresTimestamp(entity.createdAt))
        expires.append(entity.expiresAt.map { PostgresTimestamp($0) })
        due.append(moment.map { PostgresTimestamp($0) })
    }
}

/// `texts` as PostgreSQL reads an array: `{"a","b"}`.
private func arrayLiteral(_ texts: [String]) -> String {
    var literal = "{"
    for (index, text) in texts.enumerated() {
        if index > 0 { literal += "," }
        literal += "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { literal.unicodeScalars.append("\\") }
            literal.unicodeScalars.append(scalar)
        }
        literal += "\""
    }
    return literal + "}"
}

extension PostgresTimestamp {
    init(_ timestamp: Timestamp) {
        self.init(microseconds: timestamp.microseconds)
    }
}
