-- In which way the index was made: one that was made in an older way is built anew, beside the old one, while that is
-- searched.
ALTER TABLE "search_state" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 0;
