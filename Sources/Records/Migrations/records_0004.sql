-- Outgoing mail of the companies that somebody may see.
CREATE INDEX outbox_by_company ON brevdue.outbox (cvr, id DESC) WHERE cvr IS NOT NULL;
-- Summaries that a lead's owner got lately.
CREATE INDEX outbox_by_lead ON brevdue.outbox (lead_id, created_at) WHERE lead_id IS NOT NULL;

-- Advice from before it could be superseded: what was made last for a lead took the place of the rest.
UPDATE brevdue.recommendation r SET superseded_at = now()
WHERE superseded_at IS NULL AND message_id <> (
    SELECT message_id FROM brevdue.recommendation n WHERE n.lead_id = r.lead_id ORDER BY n.id DESC LIMIT 1);
