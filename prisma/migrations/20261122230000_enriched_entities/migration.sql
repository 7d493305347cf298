-- What is no more takes along what was known of it, and one statement reads both. Worked out of kind and id, so there is
-- nothing to keep in step.
ALTER TABLE "enrichment"
  ADD COLUMN "artist_id" INTEGER GENERATED ALWAYS AS (CASE WHEN kind = 'artist' THEN entity_id END) STORED,
  ADD COLUMN "album_id" INTEGER GENERATED ALWAYS AS (CASE WHEN kind = 'album' THEN entity_id END) STORED;

-- CreateIndex
CREATE INDEX "enrichment_artist_id_idx" ON "enrichment"("artist_id");

-- CreateIndex
CREATE INDEX "enrichment_album_id_idx" ON "enrichment"("album_id");

-- AddForeignKey
ALTER TABLE "enrichment" ADD CONSTRAINT "enrichment_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artist"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "enrichment" ADD CONSTRAINT "enrichment_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
