-- The records of Brevdue: what arrived, what was concluded from it, and what went out.
-- Plain SQL within PostgreSQL 15; every table that belongs to a company carries its cvr, for row-level policies.

-- Roles. Cluster-wide, so another database of the same cluster may have made them already.
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['brevdue_owner', 'brevdue_worker', 'brevdue_user', 'brevdue_eraser'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
END $$;

-- Weights 2 7 6 5 4 3 2 1, divisible by 11 (Erhvervsstyrelsen); the daemon checks the same before it writes.
CREATE FUNCTION brevdue.cvr_mod11(cvr text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (2 * substr(cvr, 1, 1)::int + 7 * substr(cvr, 2, 1)::int + 6 * substr(cvr, 3, 1)::int
        + 5 * substr(cvr, 4, 1)::int + 4 * substr(cvr, 5, 1)::int + 3 * substr(cvr, 6, 1)::int
        + 2 * substr(cvr, 7, 1)::int + substr(cvr, 8, 1)::int) % 11 = 0;

CREATE DOMAIN brevdue.cvr_number AS text
    CHECK (VALUE ~ '^[1-9][0-9]{7}$' AND brevdue.cvr_mod11(VALUE));

-- Journal -----------------------------------------------------------------------------------------------------------

CREATE SEQUENCE brevdue.arrival_id;

-- The octets as received, never changed. Raw above 1 MiB stands in arrival_part.
CREATE TABLE brevdue.arrival (
    id bigint NOT NULL DEFAULT nextval('brevdue.arrival_id'),
    received_at timestamptz NOT NULL,
    door text NOT NULL CHECK (door IN ('smtp', 'imap', 'upload', 'api', 'chat')),
    envelope json NOT NULL,
    trusted boolean NOT NULL,
    trace text,
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    size bigint NOT NULL,
    raw bytea CHECK (octet_length(raw) <= 1048576),
    PRIMARY KEY (id, received_at)
) PARTITION BY RANGE (received_at);
ALTER TABLE brevdue.arrival ALTER COLUMN raw SET STORAGE EXTERNAL;

CREATE TABLE brevdue.arrival_part (
    arrival_id bigint NOT NULL,
    ordinal integer NOT NULL,
    octets bytea NOT NULL,
    PRIMARY KEY (arrival_id, ordinal)
);
ALTER TABLE brevdue.arrival_part ALTER COLUMN octets SET STORAGE EXTERNAL;

-- One arrival per source key, across months: a mail sent again after a lost 250 is known by envelope and content.
CREATE TABLE brevdue.arrival_key (
    door text NOT NULL,
    source_key bytea NOT NULL,
    arrival_id bigint NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (door, source_key)
);

CREATE FUNCTION brevdue.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_has_role(current_user, 'brevdue_eraser', 'MEMBER') AND current_setting('brevdue.erasing', true) = 'yes' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON brevdue.arrival
    FOR EACH ROW EXECUTE FUNCTION brevdue.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON brevdue.arrival_part
    FOR EACH ROW EXECUTE FUNCTION brevdue.refuse_change();

-- Months from the given one on. No default partition: it would block detaching old months.
CREATE FUNCTION brevdue.make_partitions(first date, months integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    month date := date_trunc('month', first);
    made integer := 0;
BEGIN
    FOR i IN 0..months - 1 LOOP
        IF to_regclass(format('brevdue.arrival_%s', to_char(month, 'YYYY_MM'))) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE IF NOT EXISTS brevdue.%I PARTITION OF brevdue.arrival FOR VALUES FROM (%L) TO (%L)',
                'arrival_' || to_char(month, 'YYYY_MM'),
                to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00',
                to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
            made := made + 1;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN made;
END $$;
SELECT brevdue.make_partitions((now() - interval '1 month')::date, 5);

-- Directory ---------------------------------------------------------------------------------------------------------

CREATE TABLE brevdue.company (
    cvr brevdue.cvr_number PRIMARY KEY,
    name text,
    town text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version bigint NOT NULL DEFAULT 1
);

CREATE TABLE brevdue.contact (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    address text NOT NULL UNIQUE CHECK (address = lower(address)),
    name text,
    title text,
    phone text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- Which companies an address and a domain stand for, each with the message that taught it.
CREATE TABLE brevdue.contact_company (
    contact_id bigint NOT NULL REFERENCES brevdue.contact,
    cvr brevdue.cvr_number NOT NULL REFERENCES brevdue.company,
    message_id bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (contact_id, cvr)
);
CREATE TABLE brevdue.company_domain (
    domain text NOT NULL CHECK (domain = lower(domain)),
    cvr brevdue.cvr_number NOT NULL REFERENCES brevdue.company,
    message_id bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (domain, cvr)
);

-- Leads -------------------------------------------------------------------------------------------------------------

CREATE SEQUENCE brevdue.lead_number;

-- Numbers that people read, at least four digits. They go on over the turn of the year, so none is ever given twice.
CREATE FUNCTION brevdue.four_digits(number bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lpad(number::text, greatest(4, length(number::text)), '0');

CREATE TABLE brevdue.lead (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    cvr brevdue.cvr_number REFERENCES brevdue.company,
    company_name text,
    contact_name text,
    contact_address text,
    subject text NOT NULL,
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'quoted', 'won', 'lost', 'closed')),
    owner text,
    next_step text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX lead_one_open_per_company ON brevdue.lead (cvr) WHERE status IN ('open', 'quoted');
CREATE INDEX lead_by_cvr ON brevdue.lead (cvr);
CREATE INDEX lead_by_update ON brevdue.lead (updated_at DESC, id DESC);

-- Timeline ----------------------------------------------------------------------------------------------------------

-- One message per arrival, under the arrival's id.
CREATE TABLE brevdue.message (
    id bigint PRIMARY KEY,
    received_at timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL,
    sent_at timestamptz,
    door text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    state text NOT NULL CHECK (state IN ('read', 'done', 'set_aside')),
    set_aside_reason text,
    kind text NOT NULL,
    author_role text NOT NULL CHECK (author_role IN ('lead', 'lead_colleague', 'own', 'system')),
    author_name text,
    author_address text,
    message_id text,
    message_key bytea,
    content_key bytea NOT NULL,
    duplicate_of bigint,
    from_name text,
    from_address text,
    subject text NOT NULL,
    text text NOT NULL,
    language text,
    cvr brevdue.cvr_number REFERENCES brevdue.company,
    cvr_status text NOT NULL,
    cvr_evidence json,
    lead_id bigint REFERENCES brevdue.lead,
    letter json
);
-- Two arrivals of one mail: the first counts, the others point to it.
CREATE UNIQUE INDEX message_once ON brevdue.message (content_key) WHERE duplicate_of IS NULL;
CREATE INDEX message_by_key ON brevdue.message (message_key) WHERE message_key IS NOT NULL;
CREATE INDEX message_by_company ON brevdue.message (cvr, occurred_at DESC, id DESC) WHERE cvr IS NOT NULL;
CREATE INDEX message_by_lead ON brevdue.message (lead_id, occurred_at DESC) WHERE lead_id IS NOT NULL;
CREATE INDEX message_set_aside ON brevdue.message (id DESC) WHERE state = 'set_aside';

CREATE TABLE brevdue.attachment (
    message_id bigint NOT NULL REFERENCES brevdue.message,
    position integer NOT NULL,
    filename text,
    content_type text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    inline boolean NOT NULL,
    PRIMARY KEY (message_id, position)
);

-- Conclusions are never updated: a correction supersedes.
CREATE TABLE brevdue.link (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id bigint NOT NULL REFERENCES brevdue.message,
    cvr brevdue.cvr_number,
    status text NOT NULL,
    decision json NOT NULL,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    superseded_by bigint
);
CREATE INDEX link_by_message ON brevdue.link (message_id);

CREATE TABLE brevdue.fact (
    message_id bigint NOT NULL REFERENCES brevdue.message,
    position integer NOT NULL,
    cvr brevdue.cvr_number,
    name text NOT NULL,
    value json NOT NULL,
    unit text,
    evidence json NOT NULL,
    superseded_by bigint,
    PRIMARY KEY (message_id, position)
);

-- Advice and quotes -------------------------------------------------------------------------------------------------

CREATE TABLE brevdue.rule_set (
    sha256 text PRIMARY KEY,
    files json NOT NULL,
    activated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE brevdue.recommendation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lead_id bigint NOT NULL REFERENCES brevdue.lead,
    message_id bigint NOT NULL REFERENCES brevdue.message,
    cvr brevdue.cvr_number,
    position integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('process', 'step')),
    action text NOT NULL,
    owner text,
    due_on date,
    priority integer NOT NULL,
    rule text NOT NULL,
    reason text NOT NULL,
    evidence json NOT NULL,
    rule_set text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX recommendation_by_lead ON brevdue.recommendation (lead_id, id DESC);

CREATE SEQUENCE brevdue.quote_id;
CREATE SEQUENCE brevdue.quote_number;

CREATE TABLE brevdue.quote (
    id bigint PRIMARY KEY DEFAULT nextval('brevdue.quote_id'),
    number text NOT NULL,
    version integer NOT NULL,
    lead_id bigint NOT NULL REFERENCES brevdue.lead,
    message_id bigint NOT NULL REFERENCES brevdue.message,
    cvr brevdue.cvr_number,
    state text NOT NULL CHECK (state IN ('draft', 'approval', 'released', 'sent', 'viewed', 'accepted', 'declined',
        'expired', 'withdrawn', 'superseded')),
    currency text NOT NULL DEFAULT 'DKK',
    subtotal_ore bigint NOT NULL,
    vat_ore bigint NOT NULL,
    total_ore bigint NOT NULL,
    first_year_ore bigint NOT NULL,
    totals json NOT NULL,
    assumptions json NOT NULL,
    questions json NOT NULL,
    valid_until date NOT NULL,
    rule_set text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (number, version),
    CHECK (total_ore = subtotal_ore + vat_ore)
);
CREATE INDEX quote_by_lead ON brevdue.quote (lead_id, version DESC);

CREATE TABLE brevdue.quote_line (
    quote_id bigint NOT NULL REFERENCES brevdue.quote,
    position integer NOT NULL,
    code text NOT NULL,
    description text NOT NULL,
    quantity numeric(18, 3) NOT NULL,
    unit text NOT NULL,
    unit_price_ore bigint NOT NULL,
    discount_percent integer NOT NULL CHECK (discount_percent BETWEEN 0 AND 100),
    amount_ore bigint NOT NULL,
    recurring text CHECK (recurring IN ('month', 'year')),
    rule text NOT NULL,
    reason text NOT NULL,
    evidence json NOT NULL,
    PRIMARY KEY (quote_id, position)
);

-- Mail out ----------------------------------------------------------------------------------------------------------

CREATE SEQUENCE brevdue.outbox_id;

CREATE TABLE brevdue.outbox (
    id bigint PRIMARY KEY DEFAULT nextval('brevdue.outbox_id'),
    effect_key bytea NOT NULL UNIQUE CHECK (octet_length(effect_key) = 32),
    kind text NOT NULL,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'failed', 'uncertain',
        'held', 'dropped')),
    envelope_from text NOT NULL,
    recipients text[] NOT NULL,
    subject text NOT NULL,
    message_id text NOT NULL UNIQUE,
    message_key bytea NOT NULL,
    in_reply_to text,
    cause_message_id bigint REFERENCES brevdue.message,
    cvr brevdue.cvr_number,
    lead_id bigint REFERENCES brevdue.lead,
    quote_id bigint REFERENCES brevdue.quote,
    octets bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    sent_at timestamptz
);
CREATE INDEX outbox_by_key ON brevdue.outbox (message_key);
CREATE INDEX outbox_by_cause ON brevdue.outbox (cause_message_id);
CREATE INDEX outbox_waiting ON brevdue.outbox (id) WHERE state IN ('queued', 'sending', 'deferred', 'uncertain', 'held');

CREATE TABLE brevdue.outbox_attempt (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    outbox_id bigint NOT NULL REFERENCES brevdue.outbox,
    lease_token bigint,
    began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    outcome text NOT NULL CHECK (outcome IN ('began', 'sent', 'deferred', 'failed', 'uncertain')),
    reply text
);
CREATE INDEX outbox_attempt_by_mail ON brevdue.outbox_attempt (outbox_id, id);

-- People ------------------------------------------------------------------------------------------------------------

CREATE TABLE brevdue.app_user (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL UNIQUE CHECK (email = lower(email)),
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('admin', 'sales', 'reader', 'partner')),
    password_hash text,
    scram_keys text,
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
);

CREATE TABLE brevdue.company_grant (
    user_id uuid NOT NULL REFERENCES brevdue.app_user,
    cvr brevdue.cvr_number NOT NULL,
    granted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, cvr)
);
CREATE INDEX company_grant_by_cvr ON brevdue.company_grant (cvr, user_id);

-- Only the SHA-256 of a token is kept: the token itself is shown once.
CREATE TABLE brevdue.api_token (
    sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
    user_id uuid NOT NULL REFERENCES brevdue.app_user,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz
);

-- Rights. Partitions get none: a policy on the parent does not protect a partition that is named directly.
GRANT USAGE ON SCHEMA brevdue TO brevdue_worker, brevdue_user, brevdue_eraser;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA brevdue TO brevdue_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA brevdue TO brevdue_worker;
DO $$
DECLARE part regclass;
BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'brevdue.arrival'::regclass LOOP
        EXECUTE format('REVOKE ALL ON %s FROM brevdue_worker', part);
    END LOOP;
END $$;
