/// What bounds this module where no setting does.
enum PostgresLimits {
    /// Parameters of a call: the protocol counts them in 16 bits.
    static let parametersMax = 65_535
    /// Statements of `SQL` texts that a connection keeps prepared, each some 10–50 KB of the server's memory.
    static let preparedTextsMax = 200
    /// Oldest server that the statements are written for.
    static let serverVersionMin: Int32 = 15_00_00
}
