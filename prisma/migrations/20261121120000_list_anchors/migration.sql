-- CreateTable
CREATE TABLE "list_anchor" (
    "list" TEXT NOT NULL,
    "scope" INTEGER NOT NULL DEFAULT 0,
    "before" INTEGER NOT NULL,
    "text_key" TEXT COLLATE "C",
    "number_key" BIGINT,
    "row_id" INTEGER NOT NULL,

    CONSTRAINT "list_anchor_pkey" PRIMARY KEY ("list","scope","before")
);

ALTER TABLE "list_anchor"
  ADD CONSTRAINT "list_anchor_before_not_negative" CHECK (before >= 0),
  ADD CONSTRAINT "list_anchor_one_key" CHECK (num_nonnulls(text_key, number_key) = 1);
