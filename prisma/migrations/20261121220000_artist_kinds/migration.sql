-- CreateIndex
CREATE INDEX "artist_kind_id_idx" ON "artist"("kind", "id");
