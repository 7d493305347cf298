-- CreateEnum
CREATE TYPE "enriched_kind" AS ENUM ('artist', 'album');

-- CreateEnum
CREATE TYPE "enrichment_state" AS ENUM ('waiting', 'fresh', 'missing', 'failed');

-- CreateTable
CREATE TABLE "enrichment" (
    "kind" "enriched_kind" NOT NULL,
    "entity_id" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "state" "enrichment_state" NOT NULL DEFAULT 'waiting',
    "fetched_at" TIMESTAMPTZ(3),
    "fresh_until" TIMESTAMPTZ(3),
    "etag" TEXT,
    "error" TEXT,
    "external_id" TEXT,
    "confidence" REAL,
    "candidates" JSONB,
    "refused" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "data" JSONB,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "locked_until" TIMESTAMPTZ(3),
    "locked_by" TEXT,

    CONSTRAINT "enrichment_pkey" PRIMARY KEY ("kind", "entity_id", "source")
);

-- CreateTable
CREATE TABLE "enrichment_source" (
    "name" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "opened_until" TIMESTAMPTZ(3),

    CONSTRAINT "enrichment_source_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "enrichment_source_kind_fresh_until_idx" ON "enrichment"("source", "kind", "fresh_until");

-- CreateIndex
CREATE INDEX "enrichment_source_kind_state_idx" ON "enrichment"("source", "kind", "state");

-- What workers look through: few of many, so of those alone.
CREATE INDEX "enrichment_due" ON "enrichment" ("source", "due_at") WHERE "due_at" IS NOT NULL;

ALTER TABLE "enrichment"
  ADD CONSTRAINT "enrichment_confidence_valid" CHECK (confidence BETWEEN 0 AND 1),
  ADD CONSTRAINT "enrichment_attempts_not_negative" CHECK (attempts >= 0),
  -- A source that answers with more than is kept of it must not fill the table.
  ADD CONSTRAINT "enrichment_bounded" CHECK (pg_column_size(data) <= 65536 AND pg_column_size(candidates) <= 65536);
