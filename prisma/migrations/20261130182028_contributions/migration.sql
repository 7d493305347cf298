-- An artist's albums and songs by role.
CREATE TABLE "contribution" (
    "artist_id" INTEGER NOT NULL,
    "role" "credit_role" NOT NULL,
    "album_id" INTEGER NOT NULL,
    "appearance" BOOLEAN NOT NULL,
    "release_key" INTEGER NOT NULL,

    CONSTRAINT "contribution_pkey" PRIMARY KEY ("artist_id","role","album_id")
);

INSERT INTO "contribution" (artist_id, role, album_id, appearance, release_key)
SELECT artist_id, role, album_id, appearance, release_key
FROM (
  SELECT artist_id, role, album_id, bool_and(appearance) AS appearance
  FROM (
    SELECT artist_id, role, album_id, false AS appearance FROM album_credit WHERE role <> 'artist'
    UNION ALL
    SELECT artist_id, role, album_id, true
    FROM song_credit JOIN track USING (song_id) JOIN disc ON disc.id = track.disc_id WHERE role <> 'artist') AS credit
  GROUP BY artist_id, role, album_id) AS contribution
JOIN album ON album.id = album_id
ORDER BY artist_id, role, release_key, album_id;

CREATE INDEX "contribution_artist_id_role_release_key_album_id_idx" ON "contribution"("artist_id", "role", "release_key", "album_id");
CREATE INDEX "contribution_album_id_idx" ON "contribution"("album_id");
ALTER TABLE "contribution" ADD CONSTRAINT "contribution_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artist"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "contribution" ADD CONSTRAINT "contribution_album_id_fkey" FOREIGN KEY ("album_id") REFERENCES "album"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Most credits are those of artists, and have an index already.
CREATE INDEX "song_credit_role_idx" ON "song_credit" ("artist_id", "role", "song_popularity", "song_id") WHERE "role" <> 'artist';
