/// Domains that anybody can have an address in: they say nothing of a company.
package enum PublicMailProviders {
    private static let domains: Set<String> = [
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.dk", "outlook.com", "outlook.dk", "live.com", "live.dk",
        "msn.com", "yahoo.com", "yahoo.dk", "icloud.com", "me.com", "mac.com", "aol.com", "gmx.com", "gmx.net",
        "gmx.de",
        "web.de", "mail.com", "protonmail.com", "proton.me", "pm.me", "zoho.com", "fastmail.com", "tutanota.com",
        "mail.dk", "post.tele.dk", "tdcadsl.dk", "stofanet.dk", "jubii.dk", "sol.dk", "privat.dk", "youmail.dk",
        "email.dk", "webspeed.dk", "get2net.dk", "mail.tele.dk", "ofir.dk", "hafnet.dk", "telia.com", "online.no",
    ]

    package static func includes(_ domain: some StringProtocol) -> Bool { domains.contains(domain.lowercased()) }
}
