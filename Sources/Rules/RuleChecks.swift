/// Something that is no fault and still worth a look.
struct Notice: Hashable {
    var warning: Fault
    /// The last day on which there is nothing to say; `nil` where there always is.
    var holdsBehind: CalendarDay?
}

/// What only the rules together tell: services that cannot be charged, and questions that nobody asks.
struct RuleChecks {
    let services: [Service]
    let prices: [PriceRule]
    let campaigns: [Campaign]
    let loader: RuleLoader

    /// More lines than this are no quote, and their sum might be more than can be held.
    private static let priceLimit = 1000

    func findFaults() {
        guard let catalogue = loader.list("services.yaml"), let pricing = loader.list("pricing.yaml") else { return }
        for service in services {
            let rules = prices.filter { $0.service == service.code }
            if rules.isEmpty {
                catalogue.add(
                    catalogue.fault(
                        "no rule of pricing.yaml charges \(service.code): whoever asks for it gets no price",
                        of: service.code, in: "services"))
                continue
            }
            let unused = [nil, .month, .year].filter { recurrence in
                service.prices[recurrence] != nil && !rules.contains { $0.usesBasePrice && $0.recurring == recurrence }
            }
            for recurrence in unused {
                catalogue.add(
                    catalogue.fault(
                        "prices: no rule of pricing.yaml charges the one for \(recurrence?.rawValue ?? "once")",
                        of: service.code, in: "services"))
            }
        }
        if prices.count > Self.priceLimit { pricing.add("prices: expected at most \(Self.priceLimit)", at: nil) }
    }

    var notices: [Notice] { campaigns.compactMap(ended) + prices.compactMap(unasked) }

    private func ended(_ campaign: Campaign) -> Notice? {
        loader.list("pricing.yaml").map { list in
            Notice(
                warning: list.fault(
                    "the campaign \(campaign.id) ended on \(campaign.days.upperBound)", of: campaign.id,
                    in: "campaigns"), holdsBehind: campaign.days.upperBound)
        }
    }

    private func unasked(_ rule: PriceRule) -> Notice? {
        guard case .fact(let fact, _, otherwise: nil) = rule.driver, let list = loader.list("pricing.yaml"),
            let service = services.first(where: { $0.code == rule.service })
        else { return nil }
        let isAsked = service.asks.contains { ask in
            ask.when.map { $0.parts.contains(.not(.fact(Condition.FactTest(name: fact)))) } ?? (service.driver == fact)
        }
        guard !isAsked else { return nil }
        return Notice(
            warning: list.fault(
                "nobody is asked for \(fact) when it is unknown: then there is no line; see asks of \(service.code)",
                of: rule.id, in: "prices"))
    }
}
