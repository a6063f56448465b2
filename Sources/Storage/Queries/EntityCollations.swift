import NGSILD
import Postgres

/// ICU collations in PostgreSQL: they are named objects, made once for each tag that a query asks for.
enum EntityCollations {
    /// Without quotes: letters, digits and `-` alone (`Collation`).
    static func name(of collation: Collation) -> String { "atria-\(collation.tag)" }

    /// Makes the collation where it is not there yet.
    static func creation(of collation: Collation) -> SQL {
        SQL(
            stringLiteral:
                "CREATE COLLATION IF NOT EXISTS \"\(name(of: collation))\" (provider = icu, locale = '\(collation.tag)')"
        )
    }
}
