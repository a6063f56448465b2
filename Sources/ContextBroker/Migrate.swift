/// `atria migrate`.
struct Migrate {
    let configuration: Configuration
    init(_ configuration: Configuration) { self.configuration = configuration }
    func run() throws {}
}
