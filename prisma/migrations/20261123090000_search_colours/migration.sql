-- Facets as they are counted: four bytes each, the kind first, in one value. Of albums the colours of their covers are facets
-- too. The index is made anew; its columns stand so that nothing is lost between them.
DROP TABLE "search_document";

CREATE TABLE "search_document" (
    "score" DOUBLE PRECISION NOT NULL,
    "id" INTEGER NOT NULL,
    "duration_ms" INTEGER,
    "released" INTEGER,
    "segment" SMALLINT NOT NULL,
    "kind" TEXT NOT NULL,
    "facets" BYTEA NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "words" TSVECTOR NOT NULL,

    CONSTRAINT "search_document_pkey" PRIMARY KEY ("kind", "id")
);
CREATE INDEX "search_document_key_idx" ON "search_document" ("segment", "kind", "key", "score" DESC, "id");
CREATE INDEX "search_document_released_idx" ON "search_document" ("segment", coalesce("released", 0));
CREATE INDEX "search_document_words_0_idx" ON "search_document" USING gin ("words") WHERE "segment" = 0;
CREATE INDEX "search_document_words_1_idx" ON "search_document" USING gin ("words") WHERE "segment" = 1;
CREATE INDEX "search_document_words_2_idx" ON "search_document" USING gin ("words") WHERE "segment" = 2;
CREATE INDEX "search_document_words_3_idx" ON "search_document" USING gin ("words") WHERE "segment" = 3;
CREATE INDEX "search_document_words_4_idx" ON "search_document" USING gin ("words") WHERE "segment" = 4;

UPDATE "search_state" SET "built_at" = NULL;
