/// One step of the schema: a file of `Schemas/database`, which is never edited after a release.
struct Migration: Sendable {
    let number: Int32
    /// The file's name, without `.sql`.
    let name: String
    /// Statements that may stand in a transaction, and in the body of a PL/pgSQL block.
    let sql: String
}
