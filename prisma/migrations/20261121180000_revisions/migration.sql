-- CreateTable
CREATE TABLE "revision" (
    "tag" TEXT NOT NULL,
    "number" BIGINT NOT NULL DEFAULT 1,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("tag")
);

-- AlterTable
ALTER TABLE "catalogue" ADD COLUMN "cursor_secret" UUID NOT NULL DEFAULT gen_random_uuid();

-- CreateIndex
CREATE INDEX "album_label_release_key_id_idx" ON "album"("label", "release_key", "id");

-- CreateIndex
CREATE INDEX "album_kind_release_key_id_idx" ON "album"("kind", "release_key", "id");

-- CreateIndex
CREATE INDEX "album_updated_at_id_idx" ON "album"("updated_at", "id");

-- CreateIndex
CREATE INDEX "artist_updated_at_id_idx" ON "artist"("updated_at", "id");

-- CreateIndex
CREATE INDEX "playlist_updated_at_id_idx" ON "playlist"("updated_at", "id");

-- CreateIndex
CREATE INDEX "song_updated_at_id_idx" ON "song"("updated_at", "id");
