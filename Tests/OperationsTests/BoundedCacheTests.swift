import Testing

@testable import Operations

@Suite struct BoundedCacheTests {
    @Test func `beyond its bytes a cache forgets what was not used for longest`() {
        var cache = BoundedCache<String, Int>(bytesMax: 100)
        cache.insert(1, for: "a", bytes: 40)
        cache.insert(2, for: "b", bytes: 40)
        _ = cache.value(for: "a")
        cache.insert(3, for: "c", bytes: 40)

        #expect(cache.value(for: "a") == 1)
        #expect(cache.value(for: "b") == nil)
        #expect(cache.value(for: "c") == 3)
        #expect(cache.bytes == 80)
    }

    @Test func `what alone is too large is not kept, and replacing counts once`() {
        var cache = BoundedCache<String, Int>(bytesMax: 100)
        cache.insert(1, for: "a", bytes: 101)
        cache.insert(2, for: "b", bytes: 60)
        cache.insert(3, for: "b", bytes: 50)

        #expect(cache.value(for: "a") == nil)
        #expect(cache.value(for: "b") == 3)
        #expect(cache.bytes == 50)
    }
}
