-- CreateTable
CREATE TABLE "artwork" (
    "hash" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "thumb_hash" BYTEA NOT NULL,
    "colours" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "taken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artwork_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "album_artwork" (
    "album_id" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "album_artwork_pkey" PRIMARY KEY ("album_id")
);

-- CreateTable
CREATE TABLE "album_colour" (
    "album_id" INTEGER NOT NULL,
    "colour" SMALLINT NOT NULL,
    "release_key" INTEGER NOT NULL,

    CONSTRAINT "album_colour_pkey" PRIMARY KEY ("album_id","colour")
);

-- CreateIndex
CREATE INDEX "artwork_taken_at_idx" ON "artwork"("taken_at");

-- CreateIndex
CREATE INDEX "album_artwork_hash_idx" ON "album_artwork"("hash");

-- CreateIndex
CREATE INDEX "album_colour_colour_release_key_album_id_idx" ON "album_colour"("colour", "release_key", "album_id");

-- AddForeignKey
ALTER TABLE "album_artwork" ADD CONSTRAINT "album_artwork_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "album_artwork" ADD CONSTRAINT "album_artwork_hash_fkey" FOREIGN KEY ("hash") REFERENCES "artwork"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "album_colour" ADD CONSTRAINT "album_colour_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The hash is the name of a directory.
ALTER TABLE "artwork"
  ADD CONSTRAINT "artwork_hash_is_sha256" CHECK (hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "artwork_is_seen" CHECK (width > 0 AND height > 0 AND bytes > 0);

ALTER TABLE "album_artwork" ADD CONSTRAINT "album_artwork_source_not_blank" CHECK (source ~ '\S');
