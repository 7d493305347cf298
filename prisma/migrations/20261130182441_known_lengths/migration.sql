-- How many of the lengths that a total is the sum of are known.
ALTER TABLE "album" ADD COLUMN "timed_count" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "playlist" ADD COLUMN "timed_count" INTEGER NOT NULL DEFAULT 0;
UPDATE "album" SET "timed_count" = timed.count
FROM (
  SELECT "album_id" AS id, count("duration_ms") AS count
  FROM "track" JOIN "disc" ON "disc"."id" = "disc_id" GROUP BY "album_id") AS timed
WHERE timed.id = "album"."id" AND timed.count > 0;
UPDATE "playlist" SET "timed_count" = timed.count
FROM (
  SELECT "playlist_id" AS id, count("duration_ms") AS count
  FROM "playlist_item" JOIN "song" ON "song"."id" = "song_id" GROUP BY "playlist_id") AS timed
WHERE timed.id = "playlist"."id" AND timed.count > 0;

-- Copies of what a genre's songs are sorted by. Their indexes find songs by genre as well, as the dropped one did.
ALTER TABLE "song_genre"
  ADD COLUMN "release_key" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "popularity" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "sort_key" TEXT COLLATE "C" NOT NULL DEFAULT '';
DROP INDEX "song_genre_genre_id_song_id_idx";
UPDATE "song_genre"
SET "release_key" = "song"."release_key", "popularity" = "song"."popularity", "sort_key" = "song"."sort_key"
FROM "song" WHERE "song"."id" = "song_id";
CREATE INDEX "song_genre_genre_id_release_key_song_id_idx" ON "song_genre"("genre_id", "release_key", "song_id");
CREATE INDEX "song_genre_genre_id_popularity_song_id_idx" ON "song_genre"("genre_id", "popularity", "song_id");
CREATE INDEX "song_genre_genre_id_sort_key_song_id_idx" ON "song_genre"("genre_id", "sort_key", "song_id");

-- By which version of the code derived figures were computed. What an older one computed is computed anew at the start.
ALTER TABLE "catalogue" ADD COLUMN "figures_version" INTEGER NOT NULL DEFAULT 0;
