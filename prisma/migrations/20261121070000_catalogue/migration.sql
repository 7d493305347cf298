-- Sort keys are folded by the application and compared byte by byte, so they carry the "C" collation: their order is the
-- same on every server, and no upgrade of a collation library can break their indexes.

-- CreateEnum
CREATE TYPE "album_kind" AS ENUM ('album', 'ep', 'single', 'compilation', 'live', 'soundtrack', 'other');

-- CreateEnum
CREATE TYPE "credit_role" AS ENUM ('artist', 'featured', 'composer', 'lyricist', 'producer', 'remixer', 'performer', 'conductor', 'other');

-- CreateEnum
CREATE TYPE "artist_kind" AS ENUM ('person', 'group', 'orchestra', 'choir', 'character', 'other');

-- CreateEnum
CREATE TYPE "import_status" AS ENUM ('running', 'succeeded', 'failed');

-- CreateTable
CREATE TABLE "album" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "disambiguation" TEXT NOT NULL DEFAULT '',
    "kind" "album_kind" NOT NULL DEFAULT 'album',
    "year" SMALLINT,
    "month" SMALLINT,
    "day" SMALLINT,
    "label" TEXT,
    "sort_key" TEXT COLLATE "C" NOT NULL,
    "credit" TEXT NOT NULL DEFAULT '',
    "release_key" INTEGER NOT NULL DEFAULT 0,
    "disc_count" INTEGER NOT NULL DEFAULT 0,
    "track_count" INTEGER NOT NULL DEFAULT 0,
    "duration_ms" BIGINT NOT NULL DEFAULT 0,
    "popularity" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "album_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "album_credit" (
    "album_id" INTEGER NOT NULL,
    "position" SMALLINT NOT NULL,
    "artist_id" INTEGER NOT NULL,
    "credited_name" TEXT NOT NULL,
    "join_phrase" TEXT NOT NULL DEFAULT '',
    "role" "credit_role" NOT NULL DEFAULT 'artist',

    CONSTRAINT "album_credit_pkey" PRIMARY KEY ("album_id","position")
);

-- CreateTable
CREATE TABLE "artist_album" (
    "artist_id" INTEGER NOT NULL,
    "album_id" INTEGER NOT NULL,
    "appearance" BOOLEAN NOT NULL,
    "kind" "album_kind" NOT NULL,
    "release_key" INTEGER NOT NULL,

    CONSTRAINT "artist_album_pkey" PRIMARY KEY ("artist_id","album_id")
);

-- CreateTable
CREATE TABLE "disc" (
    "id" SERIAL NOT NULL,
    "album_id" INTEGER NOT NULL,
    "position" SMALLINT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "format" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "disc_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "track" (
    "disc_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "duration_ms" INTEGER,
    "song_id" INTEGER NOT NULL,

    CONSTRAINT "track_pkey" PRIMARY KEY ("disc_id","position")
);

-- CreateTable
CREATE TABLE "album_external_id" (
    "source" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "album_id" INTEGER NOT NULL,

    CONSTRAINT "album_external_id_pkey" PRIMARY KEY ("source","value")
);

-- CreateTable
CREATE TABLE "album_redirect" (
    "id" INTEGER NOT NULL,
    "album_id" INTEGER NOT NULL,

    CONSTRAINT "album_redirect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artist" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "sort_name" TEXT NOT NULL,
    "disambiguation" TEXT NOT NULL DEFAULT '',
    "kind" "artist_kind",
    "sort_key" TEXT COLLATE "C" NOT NULL,
    "album_count" INTEGER NOT NULL DEFAULT 0,
    "song_count" INTEGER NOT NULL DEFAULT 0,
    "popularity" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artist_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artist_external_id" (
    "source" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "artist_id" INTEGER NOT NULL,

    CONSTRAINT "artist_external_id_pkey" PRIMARY KEY ("source","value")
);

-- CreateTable
CREATE TABLE "artist_redirect" (
    "id" INTEGER NOT NULL,
    "artist_id" INTEGER NOT NULL,

    CONSTRAINT "artist_redirect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "genre" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "album_count" INTEGER NOT NULL DEFAULT 0,
    "song_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "genre_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "album_genre" (
    "album_id" INTEGER NOT NULL,
    "genre_id" INTEGER NOT NULL,
    "release_key" INTEGER NOT NULL DEFAULT 0,
    "popularity" BIGINT NOT NULL DEFAULT 0,
    "sort_key" TEXT COLLATE "C" NOT NULL DEFAULT '',

    CONSTRAINT "album_genre_pkey" PRIMARY KEY ("album_id","genre_id")
);

-- CreateTable
CREATE TABLE "song_genre" (
    "song_id" INTEGER NOT NULL,
    "genre_id" INTEGER NOT NULL,

    CONSTRAINT "song_genre_pkey" PRIMARY KEY ("song_id","genre_id")
);

-- CreateTable
CREATE TABLE "catalogue" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "uuid" UUID NOT NULL DEFAULT gen_random_uuid(),
    "artist_count" INTEGER NOT NULL DEFAULT 0,
    "album_count" INTEGER NOT NULL DEFAULT 0,
    "song_count" INTEGER NOT NULL DEFAULT 0,
    "genre_count" INTEGER NOT NULL DEFAULT 0,
    "playlist_count" INTEGER NOT NULL DEFAULT 0,
    "playlist_item_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "catalogue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_run" (
    "id" SERIAL NOT NULL,
    "format" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "files" TEXT[],
    "status" "import_status" NOT NULL DEFAULT 'running',
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "rows_skipped" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "playlist" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "sort_key" TEXT COLLATE "C" NOT NULL,
    "item_count" INTEGER NOT NULL DEFAULT 0,
    "duration_ms" BIGINT NOT NULL DEFAULT 0,
    "popularity" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "playlist_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "playlist_item" (
    "playlist_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "song_id" INTEGER,
    "title" TEXT,
    "artist" TEXT,
    "album" TEXT,

    CONSTRAINT "playlist_item_pkey" PRIMARY KEY ("playlist_id","position")
);

-- CreateTable
CREATE TABLE "playlist_external_id" (
    "source" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "playlist_id" INTEGER NOT NULL,

    CONSTRAINT "playlist_external_id_pkey" PRIMARY KEY ("source","value")
);

-- CreateTable
CREATE TABLE "playlist_redirect" (
    "id" INTEGER NOT NULL,
    "playlist_id" INTEGER NOT NULL,

    CONSTRAINT "playlist_redirect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "song" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "disambiguation" TEXT NOT NULL DEFAULT '',
    "duration_ms" INTEGER,
    "composer" TEXT,
    "listens" BIGINT NOT NULL DEFAULT 0,
    "sort_key" TEXT COLLATE "C" NOT NULL,
    "credit" TEXT NOT NULL DEFAULT '',
    "album_id" INTEGER,
    "release_key" INTEGER NOT NULL DEFAULT 0,
    "length_key" INTEGER NOT NULL DEFAULT 0,
    "album_count" INTEGER NOT NULL DEFAULT 0,
    "playlist_count" INTEGER NOT NULL DEFAULT 0,
    "popularity" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "song_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "song_credit" (
    "song_id" INTEGER NOT NULL,
    "position" SMALLINT NOT NULL,
    "artist_id" INTEGER NOT NULL,
    "credited_name" TEXT NOT NULL,
    "join_phrase" TEXT NOT NULL DEFAULT '',
    "role" "credit_role" NOT NULL DEFAULT 'artist',
    "song_popularity" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "song_credit_pkey" PRIMARY KEY ("song_id","position")
);

-- CreateTable
CREATE TABLE "song_external_id" (
    "source" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "song_id" INTEGER NOT NULL,

    CONSTRAINT "song_external_id_pkey" PRIMARY KEY ("source","value")
);

-- CreateTable
CREATE TABLE "song_redirect" (
    "id" INTEGER NOT NULL,
    "song_id" INTEGER NOT NULL,

    CONSTRAINT "song_redirect_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "album_sort_key_id_idx" ON "album"("sort_key", "id");

-- CreateIndex
CREATE INDEX "album_release_key_id_idx" ON "album"("release_key", "id");

-- CreateIndex
CREATE INDEX "album_popularity_id_idx" ON "album"("popularity", "id");

-- CreateIndex
CREATE INDEX "album_duration_ms_id_idx" ON "album"("duration_ms", "id");

-- CreateIndex
CREATE INDEX "album_credit_artist_id_idx" ON "album_credit"("artist_id");

-- CreateIndex
CREATE INDEX "artist_album_artist_id_appearance_kind_release_key_album_id_idx" ON "artist_album"("artist_id", "appearance", "kind", "release_key", "album_id");

-- CreateIndex
CREATE INDEX "artist_album_artist_id_appearance_release_key_album_id_idx" ON "artist_album"("artist_id", "appearance", "release_key", "album_id");

-- CreateIndex
CREATE INDEX "artist_album_album_id_idx" ON "artist_album"("album_id");

-- CreateIndex
CREATE UNIQUE INDEX "disc_album_id_position_key" ON "disc"("album_id", "position");

-- CreateIndex
CREATE INDEX "track_song_id_idx" ON "track"("song_id");

-- CreateIndex
CREATE INDEX "album_external_id_album_id_idx" ON "album_external_id"("album_id");

-- CreateIndex
CREATE INDEX "album_redirect_album_id_idx" ON "album_redirect"("album_id");

-- CreateIndex
CREATE INDEX "artist_sort_key_id_idx" ON "artist"("sort_key", "id");

-- CreateIndex
CREATE INDEX "artist_popularity_id_idx" ON "artist"("popularity", "id");

-- CreateIndex
CREATE INDEX "artist_external_id_artist_id_idx" ON "artist_external_id"("artist_id");

-- CreateIndex
CREATE INDEX "artist_redirect_artist_id_idx" ON "artist_redirect"("artist_id");

-- CreateIndex
CREATE UNIQUE INDEX "genre_name_key" ON "genre"("name");

-- CreateIndex
CREATE UNIQUE INDEX "genre_slug_key" ON "genre"("slug");

-- CreateIndex
CREATE INDEX "album_genre_genre_id_release_key_album_id_idx" ON "album_genre"("genre_id", "release_key", "album_id");

-- CreateIndex
CREATE INDEX "album_genre_genre_id_popularity_album_id_idx" ON "album_genre"("genre_id", "popularity", "album_id");

-- CreateIndex
CREATE INDEX "album_genre_genre_id_sort_key_album_id_idx" ON "album_genre"("genre_id", "sort_key", "album_id");

-- CreateIndex
CREATE INDEX "song_genre_genre_id_song_id_idx" ON "song_genre"("genre_id", "song_id");

-- CreateIndex
CREATE UNIQUE INDEX "catalogue_uuid_key" ON "catalogue"("uuid");

-- CreateIndex
CREATE INDEX "import_run_started_at_id_idx" ON "import_run"("started_at", "id");

-- CreateIndex
CREATE INDEX "playlist_sort_key_id_idx" ON "playlist"("sort_key", "id");

-- CreateIndex
CREATE INDEX "playlist_popularity_id_idx" ON "playlist"("popularity", "id");

-- CreateIndex
CREATE INDEX "playlist_duration_ms_id_idx" ON "playlist"("duration_ms", "id");

-- CreateIndex
CREATE INDEX "playlist_item_song_id_playlist_id_idx" ON "playlist_item"("song_id", "playlist_id");

-- CreateIndex
CREATE INDEX "playlist_external_id_playlist_id_idx" ON "playlist_external_id"("playlist_id");

-- CreateIndex
CREATE INDEX "playlist_redirect_playlist_id_idx" ON "playlist_redirect"("playlist_id");

-- CreateIndex
CREATE INDEX "song_sort_key_id_idx" ON "song"("sort_key", "id");

-- CreateIndex
CREATE INDEX "song_release_key_id_idx" ON "song"("release_key", "id");

-- CreateIndex
CREATE INDEX "song_popularity_id_idx" ON "song"("popularity", "id");

-- CreateIndex
CREATE INDEX "song_length_key_id_idx" ON "song"("length_key", "id");

-- CreateIndex
CREATE INDEX "song_album_id_idx" ON "song"("album_id");

-- CreateIndex
CREATE INDEX "song_credit_artist_id_song_popularity_song_id_idx" ON "song_credit"("artist_id", "song_popularity", "song_id");

-- CreateIndex
CREATE INDEX "song_external_id_song_id_idx" ON "song_external_id"("song_id");

-- CreateIndex
CREATE INDEX "song_redirect_song_id_idx" ON "song_redirect"("song_id");

-- AddForeignKey
ALTER TABLE "album_credit" ADD CONSTRAINT "album_credit_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "album_credit" ADD CONSTRAINT "album_credit_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artist"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artist_album" ADD CONSTRAINT "artist_album_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artist"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artist_album" ADD CONSTRAINT "artist_album_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disc" ADD CONSTRAINT "disc_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track" ADD CONSTRAINT "track_disc_id_fkey" FOREIGN KEY ("disc_id") REFERENCES "disc"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "track" ADD CONSTRAINT "track_song_id_fkey" FOREIGN KEY ("song_id") REFERENCES "song"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "album_external_id" ADD CONSTRAINT "album_external_id_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "album_redirect" ADD CONSTRAINT "album_redirect_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artist_external_id" ADD CONSTRAINT "artist_external_id_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artist"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artist_redirect" ADD CONSTRAINT "artist_redirect_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artist"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "album_genre" ADD CONSTRAINT "album_genre_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "album_genre" ADD CONSTRAINT "album_genre_genre_id_fkey" FOREIGN KEY ("genre_id") REFERENCES "genre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "song_genre" ADD CONSTRAINT "song_genre_song_id_fkey" FOREIGN KEY ("song_id") REFERENCES "song"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "song_genre" ADD CONSTRAINT "song_genre_genre_id_fkey" FOREIGN KEY ("genre_id") REFERENCES "genre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "playlist_item" ADD CONSTRAINT "playlist_item_playlist_id_fkey" FOREIGN KEY ("playlist_id") REFERENCES "playlist"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "playlist_item" ADD CONSTRAINT "playlist_item_song_id_fkey" FOREIGN KEY ("song_id") REFERENCES "song"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "playlist_external_id" ADD CONSTRAINT "playlist_external_id_playlist_id_fkey" FOREIGN KEY ("playlist_id") REFERENCES "playlist"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "playlist_redirect" ADD CONSTRAINT "playlist_redirect_playlist_id_fkey" FOREIGN KEY ("playlist_id") REFERENCES "playlist"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "song" ADD CONSTRAINT "song_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "song_credit" ADD CONSTRAINT "song_credit_song_id_fkey" FOREIGN KEY ("song_id") REFERENCES "song"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "song_credit" ADD CONSTRAINT "song_credit_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artist"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "song_external_id" ADD CONSTRAINT "song_external_id_song_id_fkey" FOREIGN KEY ("song_id") REFERENCES "song"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "song_redirect" ADD CONSTRAINT "song_redirect_song_id_fkey" FOREIGN KEY ("song_id") REFERENCES "song"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema can't say: which values are right.
ALTER TABLE "artist"
  ADD CONSTRAINT "artist_name_not_blank" CHECK (name ~ '\S'),
  ADD CONSTRAINT "artist_sort_name_not_blank" CHECK (sort_name ~ '\S'),
  ADD CONSTRAINT "artist_counts_not_negative" CHECK (album_count >= 0 AND song_count >= 0 AND popularity >= 0);

ALTER TABLE "album"
  ADD CONSTRAINT "album_title_not_blank" CHECK (title ~ '\S'),
  ADD CONSTRAINT "album_label_not_blank" CHECK (label ~ '\S'),
  -- A date is as precise as it is known: no month without its year, no day without its month, and no 31 April.
  ADD CONSTRAINT "album_date_valid" CHECK (
    (year IS NULL OR year BETWEEN 1 AND 9999)
    AND (month IS NULL OR (year IS NOT NULL AND month BETWEEN 1 AND 12))
    AND (day IS NULL OR (month IS NOT NULL AND day BETWEEN 1 AND
      CASE WHEN month IN (4, 6, 9, 11) THEN 30
           WHEN month <> 2 THEN 31
           WHEN (year % 4 = 0 AND year % 100 <> 0) OR year % 400 = 0 THEN 29
           ELSE 28 END))),
  ADD CONSTRAINT "album_release_key_derived" CHECK (
    release_key = coalesce(year, 0) * 10000 + coalesce(month, 0) * 100 + coalesce(day, 0)),
  ADD CONSTRAINT "album_counts_not_negative" CHECK (
    disc_count >= 0 AND track_count >= 0 AND duration_ms >= 0 AND popularity >= 0);

ALTER TABLE "album_credit"
  ADD CONSTRAINT "album_credit_position_from_1" CHECK (position >= 1),
  ADD CONSTRAINT "album_credit_name_not_blank" CHECK (credited_name ~ '\S');

ALTER TABLE "disc" ADD CONSTRAINT "disc_position_from_1" CHECK (position >= 1);

ALTER TABLE "track"
  ADD CONSTRAINT "track_position_from_1" CHECK (position >= 1),
  ADD CONSTRAINT "track_title_not_blank" CHECK (title ~ '\S'),
  ADD CONSTRAINT "track_duration_not_negative" CHECK (duration_ms >= 0);

ALTER TABLE "song"
  ADD CONSTRAINT "song_title_not_blank" CHECK (title ~ '\S'),
  ADD CONSTRAINT "song_composer_not_blank" CHECK (composer ~ '\S'),
  ADD CONSTRAINT "song_duration_not_negative" CHECK (duration_ms >= 0),
  ADD CONSTRAINT "song_length_key_derived" CHECK (length_key = coalesce(duration_ms, 0)),
  ADD CONSTRAINT "song_counts_not_negative" CHECK (
    listens >= 0 AND album_count >= 0 AND playlist_count >= 0 AND popularity >= 0);

ALTER TABLE "song_credit"
  ADD CONSTRAINT "song_credit_position_from_1" CHECK (position >= 1),
  ADD CONSTRAINT "song_credit_name_not_blank" CHECK (credited_name ~ '\S');

ALTER TABLE "genre"
  ADD CONSTRAINT "genre_name_not_blank" CHECK (name ~ '\S'),
  ADD CONSTRAINT "genre_slug_form" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$');

ALTER TABLE "playlist"
  ADD CONSTRAINT "playlist_name_not_blank" CHECK (name ~ '\S'),
  ADD CONSTRAINT "playlist_revision_from_1" CHECK (revision >= 1),
  ADD CONSTRAINT "playlist_counts_not_negative" CHECK (item_count >= 0 AND duration_ms >= 0 AND popularity >= 0);

ALTER TABLE "playlist_item"
  ADD CONSTRAINT "playlist_item_position_from_1" CHECK (position >= 1),
  ADD CONSTRAINT "playlist_item_song_or_text" CHECK (song_id IS NOT NULL OR title ~ '\S');

ALTER TABLE "artist_external_id" ADD CONSTRAINT "artist_external_id_not_blank" CHECK (source ~ '\S' AND value ~ '\S');
ALTER TABLE "album_external_id" ADD CONSTRAINT "album_external_id_not_blank" CHECK (source ~ '\S' AND value ~ '\S');
ALTER TABLE "song_external_id" ADD CONSTRAINT "song_external_id_not_blank" CHECK (source ~ '\S' AND value ~ '\S');
ALTER TABLE "playlist_external_id" ADD CONSTRAINT "playlist_external_id_not_blank" CHECK (source ~ '\S' AND value ~ '\S');

ALTER TABLE "import_run"
  ADD CONSTRAINT "import_run_rows_not_negative" CHECK (rows_read >= 0 AND rows_skipped >= 0),
  ADD CONSTRAINT "import_run_finished_when_ended" CHECK ((status = 'running') = (finished_at IS NULL));

-- The catalogue is one row.
ALTER TABLE "catalogue" ADD CONSTRAINT "catalogue_single_row" CHECK (id = 1);
INSERT INTO "catalogue" DEFAULT VALUES;
