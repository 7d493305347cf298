-- MBIDs and ISRCs are stored in one spelling. Where both are there, the one that is spelled so already stays.

WITH spelled AS (
  DELETE FROM artist_external_id WHERE source = 'musicbrainz' AND value ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' AND value <> lower(value) RETURNING lower(value) AS stored, artist_id)
INSERT INTO artist_external_id (source, value, artist_id)
SELECT 'musicbrainz', stored, min(artist_id) FROM spelled GROUP BY stored
ON CONFLICT (source, value) DO NOTHING;

WITH spelled AS (
  DELETE FROM album_external_id WHERE source = 'musicbrainz' AND value ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' AND value <> lower(value) RETURNING lower(value) AS stored, album_id)
INSERT INTO album_external_id (source, value, album_id)
SELECT 'musicbrainz', stored, min(album_id) FROM spelled GROUP BY stored
ON CONFLICT (source, value) DO NOTHING;

WITH spelled AS (
  DELETE FROM song_external_id WHERE source = 'musicbrainz' AND value ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' AND value <> lower(value) RETURNING lower(value) AS stored, song_id)
INSERT INTO song_external_id (source, value, song_id)
SELECT 'musicbrainz', stored, min(song_id) FROM spelled GROUP BY stored
ON CONFLICT (source, value) DO NOTHING;

WITH spelled AS (
  DELETE FROM song_external_id WHERE source = 'isrc' AND upper(replace(value, '-', '')) ~ '^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$' AND value <> upper(replace(value, '-', '')) RETURNING upper(replace(value, '-', '')) AS stored, song_id)
INSERT INTO song_external_id (source, value, song_id)
SELECT 'isrc', stored, min(song_id) FROM spelled GROUP BY stored
ON CONFLICT (source, value) DO NOTHING;

WITH spelled AS (
  DELETE FROM playlist_external_id WHERE source = 'musicbrainz' AND value ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' AND value <> lower(value) RETURNING lower(value) AS stored, playlist_id)
INSERT INTO playlist_external_id (source, value, playlist_id)
SELECT 'musicbrainz', stored, min(playlist_id) FROM spelled GROUP BY stored
ON CONFLICT (source, value) DO NOTHING;
