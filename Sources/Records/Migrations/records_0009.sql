-- A mail has one recipient: the relay's answer, and every report, is about all of it.
ALTER TABLE brevdue.outbox ADD COLUMN recipient text;
UPDATE brevdue.outbox SET recipient = recipients[1];
ALTER TABLE brevdue.outbox ALTER COLUMN recipient SET NOT NULL;
ALTER TABLE brevdue.outbox DROP COLUMN recipients;

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

-- What became of a mail is told in one kind of notice, whoever found it out, by jobs of a queue of their own.
UPDATE brevdue.outbox SET kind = 'delivery_notice' WHERE kind = 'bounce_notice';
UPDATE brevdue.job SET queue = 'notice' WHERE kind = 'notice';
UPDATE brevdue.job SET queue = 'notice', kind = 'notice',
    payload = json_build_object('mail', payload -> 'mail', 'event', 'returned', 'words', '')
WHERE kind = 'answer' AND payload ->> 'answer' = 'bounceNotice' AND state <> 'x';
