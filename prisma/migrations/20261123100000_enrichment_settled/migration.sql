-- How old something is was worked out of how long it is good, which is wrong once ENRICHMENT_TTL is another.
ALTER TABLE "enrichment" ADD COLUMN "settled_at" TIMESTAMPTZ(3);
-- What failed was settled later than what it last answered; a day is how long that is good, unless something else is set.
UPDATE "enrichment"
SET "settled_at" = CASE WHEN state = 'failed' THEN fresh_until - interval '24 hours' ELSE fetched_at END
WHERE fresh_until IS NOT NULL;

-- CreateIndex
CREATE INDEX "enrichment_source_kind_settled_at_idx" ON "enrichment"("source", "kind", "settled_at");
