/// `atria serve`.
struct Serve {
    let configuration: Configuration
    init(_ configuration: Configuration) { self.configuration = configuration }
    func run() throws {}
}
