-- A mail has one recipient: the relay's answer, and every report, is about all of it.
--
-- Nodes of the version before work on beside this one: what either puts in has both columns, and what was there before is
-- read by way of the list. The list goes in a later, breaking step.
DO $$
DECLARE others text;
BEGIN
    SELECT string_agg(id::text, ', ' ORDER BY id) INTO others FROM brevdue.outbox WHERE cardinality(recipients) <> 1;
    IF others IS NOT NULL THEN
        RAISE EXCEPTION 'mails of the outbox have none or several recipients: %', others
            USING HINT = 'Give each of them one, by way of brevdue.outbox.recipients, and start again.';
    END IF;
END $$;
ALTER TABLE brevdue.outbox ADD COLUMN recipient text;

-- By its name it comes before hold_for_suppressed.
CREATE FUNCTION brevdue.fill_recipient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recipients := coalesce(NEW.recipients, ARRAY[NEW.recipient]);
    IF cardinality(NEW.recipients) <> 1 THEN
        RAISE EXCEPTION 'a mail has one recipient' USING ERRCODE = 'check_violation';
    END IF;
    NEW.recipient := coalesce(NEW.recipient, NEW.recipients[1]);
    IF NEW.kind = 'bounce_notice' THEN
        NEW.kind := 'delivery_notice';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fill_recipient BEFORE INSERT ON brevdue.outbox
    FOR EACH ROW EXECUTE FUNCTION brevdue.fill_recipient();

CREATE OR REPLACE FUNCTION brevdue.hold_for_suppressed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE refusal brevdue.suppressed_address;
BEGIN
    SELECT s.* INTO refusal FROM brevdue.suppressed_address s WHERE s.address = lower(NEW.recipient);
    IF refusal.address IS NOT NULL AND NEW.state = 'queued' THEN
        NEW.state := 'held';
        NEW.held_reason := format('%s takes no mail since %s: %s', refusal.address, refusal.suppressed_at::date,
            coalesce(refusal.words, refusal.status));
    END IF;
    RETURN NEW;
END $$;

-- What became of a mail is told in one kind of notice, whoever found it out, by jobs of a queue of their own. A job that a
-- node is at is taken from it: what it then still tries to commit has no effect.
UPDATE brevdue.outbox SET kind = 'delivery_notice' WHERE kind = 'bounce_notice';
UPDATE brevdue.job SET queue = 'notice' WHERE kind = 'notice';
UPDATE brevdue.job_dead SET queue = 'notice' WHERE kind = 'notice';
UPDATE brevdue.job SET queue = 'notice', kind = 'notice', unique_key = NULL,
    payload = json_build_object('mail', payload -> 'mail', 'event', 'returned', 'words', ''),
    state = CASE WHEN state = 'x' THEN 'r'::"char" ELSE state END, lease_token = NULL, lease_until = NULL, node_id = NULL
WHERE kind = 'answer' AND payload ->> 'answer' = 'bounceNotice';
UPDATE brevdue.job_dead SET queue = 'notice', kind = 'notice',
    payload = json_build_object('mail', payload -> 'mail', 'event', 'returned', 'words', '')
WHERE kind = 'answer' AND payload ->> 'answer' = 'bounceNotice';
