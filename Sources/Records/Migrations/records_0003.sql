-- What several messages say of one thing, and corrections by people.

-- The lower end of a range such as "10-12 users", in thousandths.
ALTER TABLE brevdue.fact ADD COLUMN least bigint;
-- The groups that a number was added up from, such as 4 and 14, in thousandths.
ALTER TABLE brevdue.fact ADD COLUMN parts json;

-- The campaign or price rule that gives a line's discount; none where a person's note asks for it.
ALTER TABLE brevdue.quote_line ADD COLUMN discount_rule text;

-- Advice that a later message or a correction took the place of.
ALTER TABLE brevdue.recommendation ADD COLUMN superseded_at timestamptz;
CREATE INDEX recommendation_current ON brevdue.recommendation (lead_id) WHERE superseded_at IS NULL;

-- Keys that all daemons on this database share.
CREATE TABLE brevdue.shared_key (
    name text PRIMARY KEY,
    octets bytea NOT NULL CHECK (octet_length(octets) >= 32),
    created_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON brevdue.shared_key TO brevdue_worker;

-- Messages without a company, found again once somebody says which company their writer is from.
CREATE INDEX message_unlinked ON brevdue.message (lower(author_address), id DESC)
    WHERE cvr IS NULL AND cvr_status = 'none' AND author_role = 'lead' AND duplicate_of IS NULL;

-- What a correction looks for.
CREATE INDEX message_twin ON brevdue.message (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX contact_company_by_message ON brevdue.contact_company (message_id);
CREATE INDEX company_domain_by_message ON brevdue.company_domain (message_id);
