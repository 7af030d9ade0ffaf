import Cryptography
import Foundation
import Testing

@testable import MailAuthentication

/// Canonical forms octet by octet (RFC 6376 section 3.4).
struct CanonicalizationTests {
    @Test(arguments: [
        ("A: X\r\n", "a:X\r\n"), ("B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n"), ("Subject:\r\n", "subject:\r\n"),
        ("Subject:  \r\n   \r\n", "subject:\r\n"), ("Subject: a:  b :c\r\n", "subject:a: b :c\r\n"),
        ("Subject::\r\n", "subject::\r\n"), ("Subject:: x\r\n", "subject:: x\r\n"),
        ("Subject: : x\r\n", "subject:: x\r\n"),
        ("X: æ\r\n", "x:æ\r\n"), ("X: a\n b\n", "x:a b\r\n"), ("X: end", "x:end\r\n"), ("X:\r\n\ta", "x:a\r\n"),
    ])
    func `a relaxed field`(octets: String, canonical: String) {
        #expect(Canonicalization.relaxed.header(Array(octets.utf8)[...]).text == canonical)
    }

    @Test(arguments: [
        ("A: X\r\n", "A: X\r\n"), ("B : Y\t\r\n\tZ  \r\n", "B : Y\t\r\n\tZ  \r\n"), ("X: a\n b\n", "X: a\r\n b\r\n"),
        ("X: end", "X: end\r\n"),
    ])
    func `a simple field`(octets: String, canonical: String) {
        #expect(Canonicalization.simple.header(Array(octets.utf8)[...]).text == canonical)
    }

    @Test(arguments: [
        // Body, simple form, relaxed form.
        ("", "\r\n", ""), ("\r\n", "\r\n", ""), ("\r\n\r\n\r\n", "\r\n", ""), ("a", "a\r\n", "a\r\n"),
        (" C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n", " C\r\nD E\r\n"), (" \r\n", " \r\n", ""),
        ("\r\na\r\n", "\r\na\r\n", "\r\na\r\n"), ("a\r\n \r\n\t\r\n", "a\r\n \r\n\t\r\n", "a\r\n"),
        ("a\nb\n", "a\r\nb\r\n", "a\r\nb\r\n"), ("a\rb\r\n", "a\rb\r\n", "a\rb\r\n"),
        ("æ  ø\r\n", "æ  ø\r\n", "æ ø\r\n"),
    ])
    func `a body`(octets: String, simple: String, relaxed: String) {
        let body = Array(octets.utf8)[...]
        for (form, canonical) in [(Canonicalization.simple, simple), (.relaxed, relaxed)] {
            let hash = BodyHash.of(body, form)
            #expect(hash.digest == SHA256.hash(canonical.utf8).bytes, "\(form)")
            #expect(hash.length == canonical.utf8.count, "\(form)")
        }
    }

    @Test func `a limit cuts the canonical body anywhere`() {
        let body = Array(String(repeating: "0123456789 \r\n\r\n", count: 4_000).utf8)[...]
        let canonical = Array(String(repeating: "0123456789\r\n\r\n", count: 4_000).utf8).dropLast(2)
        for limit in [0, 1, 10, 11, 12, 16_383, 16_384, 16_385, 40_000, canonical.count] {
            let hash = BodyHash.of(body, .relaxed, limit: limit)
            #expect(hash.digest == SHA256.hash(canonical.prefix(limit)).bytes, "\(limit)")
            #expect(hash.length == canonical.count)
        }
    }

    @Test(arguments: [
        ("DKIM-Signature: a=1; b=xyz; c=2\r\n", "DKIM-Signature: a=1; b=; c=2\r\n"),
        ("DKIM-Signature: b=x\r\n y; bh=b=\r\n", "DKIM-Signature: b=; bh=b=\r\n"),
        ("DKIM-Signature: bh=b=; b = x\r\n z\r\n", "DKIM-Signature: bh=b=; b ="), ("X: a=1", "X: a=1"),
    ])
    func `the signature's own value is left out`(field: String, rest: String) {
        #expect(SignedHeader.withoutSignature(Array(field.utf8)[...]).text == rest)
    }
}
