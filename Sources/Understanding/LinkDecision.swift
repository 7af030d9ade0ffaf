package import CVR

/// Which company a letter belongs to, and why.
package struct LinkDecision: Hashable, Sendable, Codable {
    package enum Status: String, Sendable, Codable { case linked, none, invalid, ambiguous }
    package enum Confidence: String, Sendable, Codable { case high, medium, low }

    /// What the link rests on, strongest first.
    package enum Ground: String, Sendable, Codable, CaseIterable {
        /// Our own people wrote the number (subject tag, plus-address, note).
        case instruction
        /// The letter belongs to a thread that is linked already.
        case thread
        /// A labelled number in the lead's text or signature.
        case labelled
        /// A `DK`-prefixed number.
        case prefixed
        /// A labelled number in an attachment that is the lead's own paper.
        case attachment
        /// The contact's address wrote for this company before.
        case knownAddress = "known_address"
        /// The domain belongs to this company (public mail providers never count).
        case knownDomain = "known_domain"
        /// A record of the company register at hand that agrees with the mail.
        case register
    }

    package var status: Status
    /// The company, when linked.
    package var number: CVRNumber?
    package var confidence: Confidence?
    package var ground: Ground?
    /// The words that decided, or were found wanting.
    package var evidence: Evidence?
    /// Every number looked at, in order of rank; shown so that a person can correct.
    package var candidates: [Candidate]

    /// A number that was looked at.
    package struct Candidate: Hashable, Sendable, Codable {
        /// The digits as read, eight of them.
        package var number: String
        /// Whether it passes modulus 11.
        package var valid: Bool
        /// Whether it is one of our own.
        package var own: Bool
        /// Whether a label such as `CVR-nr.` or `Moms-nr.` or the prefix `DK` stands before it.
        package var labelled: Bool
        /// As written, label included.
        package var text: String

        package init(number: String, valid: Bool, own: Bool, labelled: Bool, text: String) {
            self.number = number
            self.valid = valid
            self.own = own
            self.labelled = labelled
            self.text = text
        }
    }

    /// Whether the company is what the writer's address and domain stand for from now on.
    ///
    /// Only a number that somebody wrote teaches that; a guess would feed on itself.
    package var teachesSender: Bool {
        switch ground {
        case .instruction, .labelled, .prefixed: confidence == .high
        case .attachment, .thread, .knownAddress, .knownDomain, .register, nil: false
        }
    }

    package init(
        status: Status, number: CVRNumber? = nil, confidence: Confidence? = nil, ground: Ground? = nil,
        evidence: Evidence? = nil, candidates: [Candidate] = []
    ) {
        self.status = status
        self.number = number
        self.confidence = confidence
        self.ground = ground
        self.evidence = evidence
        self.candidates = candidates
    }
}

/// What the directory knows of the people and threads of a letter before it is linked.
package struct Acquaintance: Hashable, Sendable, Codable {
    /// Companies of the threads that the letter answers (In-Reply-To, References).
    package var threads: Set<CVRNumber>
    /// Companies that the lead's address has written for.
    package var address: Set<CVRNumber>
    /// Companies that the lead's domain belongs to; never of a public mail provider.
    package var domain: Set<CVRNumber>
    /// A number that our own people gave outside the text (plus-address, command).
    package var instruction: CVRNumber?
    /// Records of the company register that are at hand.
    package var register: [RegisterEntry]

    package init(
        threads: Set<CVRNumber> = [], address: Set<CVRNumber> = [], domain: Set<CVRNumber> = [],
        instruction: CVRNumber? = nil, register: [RegisterEntry] = []
    ) {
        self.threads = threads
        self.address = address
        self.domain = domain
        self.instruction = instruction
        self.register = register
    }
}
