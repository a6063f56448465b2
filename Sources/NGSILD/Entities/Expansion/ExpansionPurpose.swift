/// What a payload is for, which decides what of it may be missing or null (5.5.4, 5.5.8, 5.5.12).
package enum ExpansionPurpose: Sendable {
    /// A whole entity, or attributes to append or replace: complete, without the NGSI-LD Null.
    case create
    /// Attributes that replace those of the same name (5.6.2): complete; the null deletes.
    case update
    /// One attribute whose members replace those there (5.6.4): incomplete; the null deletes members.
    case partialUpdate
    /// Attributes to merge in (5.6.17): incomplete; the null deletes, down into values.
    case merge

    var mayDelete: Bool { self != .create }

    var mayBeIncomplete: Bool { self == .partialUpdate || self == .merge }

    /// For sub-attributes: a partial update replaces them whole.
    var ofSubattributes: ExpansionPurpose { self == .partialUpdate ? .update : self }
}
