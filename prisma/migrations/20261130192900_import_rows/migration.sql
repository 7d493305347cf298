-- What became of the rows of an import. Null for runs that did not count them.
ALTER TABLE "import_run"
  ADD COLUMN "rows_created" INTEGER,
  ADD COLUMN "rows_updated" INTEGER,
  ADD COLUMN "rows_unchanged" INTEGER,
  ADD COLUMN "rows_merged" INTEGER,
  ADD COLUMN "notes" JSONB,
  ADD CONSTRAINT "import_run_rows_add_up" CHECK (
    "status" <> 'succeeded' OR "rows_created" IS NULL
    OR "rows_read" = "rows_created" + "rows_updated" + "rows_unchanged" + "rows_merged" + "rows_skipped");
