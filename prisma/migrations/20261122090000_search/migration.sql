-- What is found by searching. lib/search owns these tables; nothing else reads or writes them, and Prisma's schema leaves
-- them out: it knows neither text vectors nor indexes of a part of a table.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- What has changed, for what is made of the catalogue elsewhere; of the kind "all" for everything.
CREATE TABLE "catalogue_change" (
    "kind" TEXT NOT NULL,
    "id" INTEGER NOT NULL,

    CONSTRAINT "catalogue_change_pkey" PRIMARY KEY ("kind", "id")
);

-- One row: when the index was built, and from which score on a document belongs to which segment; the first is of the
-- highest scores. Without a time all of it is to be built.
CREATE TABLE "search_state" (
    "id" INTEGER NOT NULL DEFAULT 1 CHECK ("id" = 1),
    "built_at" TIMESTAMPTZ(3),
    "floors" DOUBLE PRECISION[] NOT NULL DEFAULT '{}',

    CONSTRAINT "search_state_pkey" PRIMARY KEY ("id")
);
INSERT INTO "search_state" DEFAULT VALUES;

CREATE TABLE "search_document" (
    "segment" SMALLINT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "words" TSVECTOR NOT NULL,
    "facets" INTEGER[] NOT NULL,
    "duration_ms" INTEGER,
    "released" INTEGER,

    CONSTRAINT "search_document_pkey" PRIMARY KEY ("kind", "id")
);
CREATE INDEX "search_document_key_idx" ON "search_document" ("segment", "kind", "key", "score" DESC, "id");
CREATE INDEX "search_document_words_0_idx" ON "search_document" USING gin ("words") WHERE "segment" = 0;
CREATE INDEX "search_document_words_1_idx" ON "search_document" USING gin ("words") WHERE "segment" = 1;
CREATE INDEX "search_document_words_2_idx" ON "search_document" USING gin ("words") WHERE "segment" = 2;

-- Words that documents have, for those that are mistyped.
CREATE TABLE "search_word" (
    "word" TEXT COLLATE "C" NOT NULL,
    "documents" INTEGER NOT NULL,

    CONSTRAINT "search_word_pkey" PRIMARY KEY ("word")
);
CREATE INDEX "search_word_word_idx" ON "search_word" USING gin ("word" gin_trgm_ops);
