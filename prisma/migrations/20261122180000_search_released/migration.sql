-- What is found, newest first.
CREATE INDEX "search_document_released_idx" ON "search_document" ("segment", coalesce("released", 0));

-- What is least popular was in the third segment, and is in a fourth.
CREATE INDEX "search_document_words_3_idx" ON "search_document" USING gin ("words") WHERE "segment" = 3;
