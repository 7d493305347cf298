-- The change log. Triggers note what each statement changes, as the names of dependencies (lib/cache/dependencies), and the
-- commit gives the changes of a transaction their number. No write can forget it, not even one by hand.

-- The number of the last change. The row stays locked from here to the end of the commit, so numbers follow the order of
-- commits without gaps.
CREATE TABLE "change_counter" (
    "id" INTEGER NOT NULL DEFAULT 1 CHECK ("id" = 1),
    "number" BIGINT NOT NULL DEFAULT 0,
    -- Another database, or one restored from a backup, may have the same numbers for other changes.
    "lineage" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "change_counter_pkey" PRIMARY KEY ("id")
);
INSERT INTO "change_counter" DEFAULT VALUES;

CREATE TABLE "change_log" (
    "number" BIGINT NOT NULL,
    -- "album:1432", "albums.newest"; "*" for everything.
    "dependencies" TEXT[] NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "change_log_pkey" PRIMARY KEY ("number")
);
CREATE INDEX "change_log_changed_at_idx" ON "change_log" ("changed_at");

-- The changes of transactions that have not ended: each sees only its own. After a crash there are none.
CREATE UNLOGGED TABLE "pending_change" ("dependencies" TEXT[] NOT NULL);

-- Notes changes of this transaction.
CREATE FUNCTION note_changes(names TEXT[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO pending_change SELECT names WHERE cardinality(names) > 0
$$;

CREATE FUNCTION publish_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  names TEXT[];
  this BIGINT;
  moment TIMESTAMPTZ := date_trunc('milliseconds', clock_timestamp());
  message TEXT;
BEGIN
  WITH gone AS (DELETE FROM pending_change RETURNING dependencies)
  SELECT array_agg(DISTINCT noted ORDER BY noted) INTO names FROM gone, unnest(dependencies) AS noted WHERE noted IS NOT NULL;
  -- Each noted row calls this function; the first one publishes all.
  IF names IS NULL THEN RETURN NULL; END IF;
  -- So many changes are checked slower than everything is read again.
  IF cardinality(names) > 20000 OR '*' = ANY (names) THEN names := ARRAY['*']; END IF;

  UPDATE change_counter SET number = number + 1 RETURNING number INTO this;
  INSERT INTO change_log (number, dependencies, changed_at) VALUES (this, names, moment);
  -- As lib/cache/changes/recent.ts counts them.
  INSERT INTO revision (tag, changed_at)
    SELECT tag, moment FROM (VALUES
      ('artists'), ('albums'), ('songs'), ('genres'), ('playlists'), ('search')) AS of_kind (tag)
    WHERE names && ARRAY['*', tag || '.filtered', tag]
    ORDER BY tag
  ON CONFLICT (tag) DO UPDATE SET number = revision.number + 1, changed_at = excluded.changed_at;
  IF this % 100 = 0 THEN DELETE FROM change_log WHERE changed_at < now() - interval '1 hour'; END IF;

  message := this || ' ' || (extract(epoch FROM moment) * 1000)::bigint || ' ' || array_to_string(names, ' ');
  -- PostgreSQL's limit is 8,000 bytes. Without names, receivers read the log.
  PERFORM pg_notify('syro_changes', CASE WHEN octet_length(message) < 7900 THEN message ELSE this::text END);
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER publish AFTER INSERT ON pending_change DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION publish_changes();

-- The id of a dependency that is named by a text: the first 32 bits of its MD5 (lib/cache/dependencies).
CREATE FUNCTION text_id(of_text TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS $$
  SELECT ('x' || substr(md5(of_text), 1, 8))::bit(32)::bigint
$$;

-- The dependencies on an entity that a change breaks. A label is what links show: a name, a cover, a song's credit. A row is
-- what lists show, with figures. A page is all of it. Filtered lists depend on any change of their kind.
CREATE FUNCTION entity_names(kind TEXT, id INTEGER, part TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE part
    WHEN 'label' THEN ARRAY[kind || '.label:' || id, kind || ':' || id, kind || '.page:' || id, kind || 's.filtered']
    WHEN 'row' THEN ARRAY[kind || ':' || id, kind || '.page:' || id, kind || 's.filtered']
    WHEN 'page' THEN ARRAY[kind || '.page:' || id, kind || 's.filtered']
    ELSE '{}'
  END
$$;

-- The orders of a kind: all change with its members.
CREATE FUNCTION order_names(kind TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE kind
    WHEN 'artist' THEN ARRAY['artists.id', 'artists.name', 'artists.newest', 'artists.popular']
    WHEN 'album' THEN ARRAY['albums.id', 'albums.newest', 'albums.title', 'albums.popular', 'albums.longest']
    WHEN 'song' THEN ARRAY['songs.id', 'songs.popular', 'songs.title', 'songs.newest', 'songs.longest']
    WHEN 'playlist' THEN
      ARRAY['playlists.id', 'playlists.name', 'playlists.newest', 'playlists.popular', 'playlists.longest']
    ELSE ARRAY['genres']
  END
$$;

CREATE FUNCTION changed(name TEXT, is_changed BOOLEAN) RETURNS TEXT[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN is_changed THEN ARRAY[name] ELSE '{}' END
$$;

CREATE FUNCTION note_artist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows AS n JOIN old_rows AS o USING (id), unnest(
      entity_names('artist', n.id, CASE
        WHEN (n.name, n.disambiguation) <> (o.name, o.disambiguation) THEN 'label'
        WHEN (n.sort_name, n.kind, n.album_count, n.song_count, n.popularity)
          IS DISTINCT FROM (o.sort_name, o.kind, o.album_count, o.song_count, o.popularity) THEN 'row'
        WHEN n IS DISTINCT FROM o THEN 'page'
      END)
      || changed('artists.name', n.sort_key <> o.sort_key)
      || changed('artists.popular', n.popularity <> o.popularity)) AS noted;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM note_changes(array_agg(noted) || order_names('artist'))
      FROM new_rows, unnest(entity_names('artist', id, 'label')) AS noted HAVING count(*) > 0;
  ELSE
    PERFORM note_changes(array_agg(noted) || order_names('artist'))
      FROM old_rows, unnest(entity_names('artist', id, 'label')) AS noted HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_album() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows AS n JOIN old_rows AS o USING (id), unnest(
      entity_names('album', n.id, CASE
        WHEN (n.title, n.disambiguation, n.cover) IS DISTINCT FROM (o.title, o.disambiguation, o.cover) THEN 'label'
        WHEN (n.kind, n.year, n.month, n.day, n.credit, n.disc_count, n.track_count, n.timed_count, n.duration_ms, n.popularity)
          IS DISTINCT FROM
          (o.kind, o.year, o.month, o.day, o.credit, o.disc_count, o.track_count, o.timed_count, o.duration_ms, o.popularity)
          THEN 'row'
        WHEN n IS DISTINCT FROM o THEN 'page'
      END)
      || changed('albums.title', n.sort_key <> o.sort_key)
      || changed('albums.newest', n.release_key <> o.release_key)
      || changed('albums.popular', n.popularity <> o.popularity)
      || changed('albums.longest', n.duration_ms <> o.duration_ms)) AS noted;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM note_changes(array_agg(noted) || order_names('album'))
      FROM new_rows, unnest(entity_names('album', id, 'label')) AS noted HAVING count(*) > 0;
  ELSE
    PERFORM note_changes(array_agg(noted) || order_names('album'))
      FROM old_rows, unnest(entity_names('album', id, 'label')) AS noted HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_song() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows AS n JOIN old_rows AS o USING (id), unnest(
      entity_names('song', n.id, CASE
        WHEN (n.title, n.disambiguation, n.credit) <> (o.title, o.disambiguation, o.credit) THEN 'label'
        WHEN (n.duration_ms, n.composer, n.listens, n.album_id, n.album_count, n.playlist_count, n.popularity)
          IS DISTINCT FROM (o.duration_ms, o.composer, o.listens, o.album_id, o.album_count, o.playlist_count, o.popularity)
          THEN 'row'
        WHEN n IS DISTINCT FROM o THEN 'page'
      END)
      || changed('songs.title', n.sort_key <> o.sort_key)
      || changed('songs.newest', n.release_key <> o.release_key)
      || changed('songs.popular', n.popularity <> o.popularity)
      || changed('songs.longest', n.length_key <> o.length_key)) AS noted;
    -- An artist's songs that are not ranked are in the order of their albums.
    PERFORM note_changes(array_agg(DISTINCT 'artist-songs.popular:' || artist_id))
      FROM new_rows AS n JOIN old_rows AS o USING (id) JOIN song_credit ON song_id = n.id
      WHERE n.album_id IS DISTINCT FROM o.album_id;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM note_changes(array_agg(noted) || order_names('song'))
      FROM new_rows, unnest(entity_names('song', id, 'label')) AS noted HAVING count(*) > 0;
  ELSE
    PERFORM note_changes(array_agg(noted) || order_names('song'))
      FROM old_rows, unnest(entity_names('song', id, 'label')) AS noted HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_playlist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows AS n JOIN old_rows AS o USING (id), unnest(
      entity_names('playlist', n.id, CASE
        WHEN n.name <> o.name THEN 'label'
        WHEN (n.description, n.item_count, n.timed_count, n.duration_ms, n.popularity)
          <> (o.description, o.item_count, o.timed_count, o.duration_ms, o.popularity) THEN 'row'
        WHEN n IS DISTINCT FROM o THEN 'page'
      END)
      || changed('playlists.name', n.sort_key <> o.sort_key)
      || changed('playlists.popular', n.popularity <> o.popularity)
      || changed('playlists.longest', n.duration_ms <> o.duration_ms)) AS noted;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM note_changes(array_agg(noted) || order_names('playlist'))
      FROM new_rows, unnest(entity_names('playlist', id, 'label')) AS noted HAVING count(*) > 0;
  ELSE
    PERFORM note_changes(array_agg(noted) || order_names('playlist'))
      FROM old_rows, unnest(entity_names('playlist', id, 'label')) AS noted HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_genre() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows AS n JOIN old_rows AS o USING (id), unnest(
      entity_names('genre', n.id, CASE
        WHEN (n.name, n.slug) <> (o.name, o.slug) THEN 'label'
        WHEN n IS DISTINCT FROM o THEN 'row'
      END)
      || changed('genres', n.slug <> o.slug)) AS noted;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM note_changes(array_agg(noted) || order_names('genre'))
      FROM new_rows, unnest(entity_names('genre', id, 'label')) AS noted HAVING count(*) > 0;
  ELSE
    PERFORM note_changes(array_agg(noted) || order_names('genre'))
      FROM old_rows, unnest(entity_names('genre', id, 'label')) AS noted HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

-- The rows that belong to entities: whatever happens to them changes these. Each statement's rows are read as one set.
CREATE FUNCTION note_album_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows, unnest(entity_names('album', album_id, 'row')) AS noted;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM old_rows, unnest(entity_names('album', album_id, 'row')) AS noted;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_song_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted))
      FROM new_rows AS n JOIN old_rows AS o USING (song_id, position), unnest(
        CASE WHEN (n.artist_id, n.credited_name, n.join_phrase, n.role) <> (o.artist_id, o.credited_name, o.join_phrase, o.role)
          THEN entity_names('song', song_id, 'label') ELSE '{}' END
        || ARRAY['artist-songs.popular:' || n.artist_id, 'artist-songs.popular:' || o.artist_id]) AS noted
      WHERE n IS DISTINCT FROM o;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows,
      unnest(entity_names('song', song_id, 'label') || ('artist-songs.popular:' || artist_id)) AS noted;
  ELSE
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM old_rows,
      unnest(entity_names('song', song_id, 'label') || ('artist-songs.popular:' || artist_id)) AS noted;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_artist_album() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM note_changes(array_agg(DISTINCT TG_ARGV[0] || artist_id)) FROM new_rows;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM note_changes(array_agg(DISTINCT TG_ARGV[0] || artist_id)) FROM old_rows;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_album_genre() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted))
      FROM new_rows AS n JOIN old_rows AS o USING (album_id, genre_id) JOIN genre ON genre.id = genre_id, unnest(
        changed('genre-albums.newest:' || text_id(slug), n.release_key <> o.release_key)
        || changed('genre-albums.title:' || text_id(slug), n.sort_key <> o.sort_key)
        || changed('genre-albums.popular:' || text_id(slug), n.popularity <> o.popularity)) AS noted;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows JOIN genre ON genre.id = genre_id, unnest(
      entity_names('album', album_id, 'page') || ('genre-albums.newest:' || text_id(slug))
      || ('genre-albums.title:' || text_id(slug)) || ('genre-albums.popular:' || text_id(slug))) AS noted;
  ELSE
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM old_rows JOIN genre ON genre.id = genre_id, unnest(
      entity_names('album', album_id, 'page') || ('genre-albums.newest:' || text_id(slug))
      || ('genre-albums.title:' || text_id(slug)) || ('genre-albums.popular:' || text_id(slug))) AS noted;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_song_genre() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted))
      FROM new_rows AS n JOIN old_rows AS o USING (song_id, genre_id) JOIN genre ON genre.id = genre_id, unnest(
        changed('genre-songs.newest:' || text_id(slug), n.release_key <> o.release_key)
        || changed('genre-songs.title:' || text_id(slug), n.sort_key <> o.sort_key)
        || changed('genre-songs.popular:' || text_id(slug), n.popularity <> o.popularity)) AS noted;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows JOIN genre ON genre.id = genre_id, unnest(
      entity_names('song', song_id, 'page') || ('genre-songs.newest:' || text_id(slug))
      || ('genre-songs.title:' || text_id(slug)) || ('genre-songs.popular:' || text_id(slug))) AS noted;
  ELSE
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM old_rows JOIN genre ON genre.id = genre_id, unnest(
      entity_names('song', song_id, 'page') || ('genre-songs.newest:' || text_id(slug))
      || ('genre-songs.title:' || text_id(slug)) || ('genre-songs.popular:' || text_id(slug))) AS noted;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_disc() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows, unnest(entity_names('album', album_id, 'page')) AS noted;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM old_rows, unnest(entity_names('album', album_id, 'page')) AS noted;
  END IF;
  RETURN NULL;
END $$;

-- A disc that is deleted has noted its album itself.
CREATE FUNCTION note_track() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows AS n
      LEFT JOIN disc ON disc.id = disc_id LEFT JOIN song_credit AS credit ON credit.song_id = n.song_id, unnest(
        entity_names('album', album_id, CASE WHEN album_id IS NOT NULL THEN 'page' END)
        || ('song-albums:' || n.song_id) || ('artist-songs.popular:' || artist_id)) AS noted;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM old_rows AS o
      LEFT JOIN disc ON disc.id = disc_id LEFT JOIN song_credit AS credit ON credit.song_id = o.song_id, unnest(
        entity_names('album', album_id, CASE WHEN album_id IS NOT NULL THEN 'page' END)
        || ('song-albums:' || o.song_id) || ('artist-songs.popular:' || artist_id)) AS noted;
  END IF;
  RETURN NULL;
END $$;

-- The first items are in a playlist's cover.
CREATE FUNCTION note_playlist_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM new_rows, unnest(
      entity_names('playlist', playlist_id, 'row') || ('song-playlists:' || song_id)) AS noted;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM note_changes(array_agg(DISTINCT noted)) FROM old_rows, unnest(
      entity_names('playlist', playlist_id, 'row') || ('song-playlists:' || song_id)) AS noted;
  END IF;
  RETURN NULL;
END $$;

-- For a table of rows of one kind: its kind, the column of its id, and the part of the entity that they are.
CREATE FUNCTION note_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    EXECUTE format('SELECT note_changes(array_agg(DISTINCT noted)) FROM new_rows, unnest(entity_names($1, %I, $2)) AS noted', TG_ARGV[1])
      USING TG_ARGV[0], TG_ARGV[2];
  END IF;
  IF TG_OP <> 'INSERT' THEN
    EXECUTE format('SELECT note_changes(array_agg(DISTINCT noted)) FROM old_rows, unnest(entity_names($1, %I, $2)) AS noted', TG_ARGV[1])
      USING TG_ARGV[0], TG_ARGV[2];
  END IF;
  RETURN NULL;
END $$;

-- Jobs that have fetched nothing yet are shown nowhere.
CREATE FUNCTION note_enrichment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM note_changes(array_agg(DISTINCT noted))
      FROM new_rows AS n JOIN old_rows AS o USING (kind, entity_id, source), unnest(entity_names(kind::text, entity_id, 'page')) AS noted
      WHERE (n.data IS NOT NULL OR o.data IS NOT NULL)
        AND (n.state, n.external_id, n.confidence, n.fetched_at, n.fresh_until, n.data)
          IS DISTINCT FROM (o.state, o.external_id, o.confidence, o.fetched_at, o.fresh_until, o.data);
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM note_changes(array_agg(DISTINCT noted))
      FROM new_rows, unnest(entity_names(kind::text, entity_id, 'page')) AS noted WHERE data IS NOT NULL;
  ELSE
    PERFORM note_changes(array_agg(DISTINCT noted))
      FROM old_rows, unnest(entity_names(kind::text, entity_id, 'page')) AS noted WHERE data IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION note_catalogue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_changes(ARRAY['totals']) FROM new_rows AS n JOIN old_rows AS o USING (id)
    WHERE (n.artist_count, n.album_count, n.song_count, n.genre_count, n.playlist_count, n.playlist_item_count)
      <> (o.artist_count, o.album_count, o.song_count, o.genre_count, o.playlist_count, o.playlist_item_count);
  RETURN NULL;
END $$;

-- Notes one name for any change of a table.
CREATE FUNCTION note_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    PERFORM note_changes(ARRAY[TG_ARGV[0]]);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM note_changes(ARRAY[TG_ARGV[0]]) WHERE EXISTS (SELECT FROM old_rows);
  ELSE
    PERFORM note_changes(ARRAY[TG_ARGV[0]]) WHERE EXISTS (SELECT FROM new_rows);
  END IF;
  RETURN NULL;
END $$;

-- The triggers of each table are named alike, so that a large write can suspend them (lib/cache/changes).
DO $$
DECLARE
  noted RECORD;
BEGIN
  FOR noted IN SELECT * FROM (VALUES
    ('artist', 'note_artist()'),
    ('album', 'note_album()'),
    ('song', 'note_song()'),
    ('playlist', 'note_playlist()'),
    ('genre', 'note_genre()'),
    ('album_credit', 'note_album_credit()'),
    ('song_credit', 'note_song_credit()'),
    ('artist_album', $f$note_artist_album('artist-albums.newest:')$f$),
    ('contribution', $f$note_artist_album('artist-roles:')$f$),
    ('album_genre', 'note_album_genre()'),
    ('song_genre', 'note_song_genre()'),
    ('disc', 'note_disc()'),
    ('track', 'note_track()'),
    ('playlist_item', 'note_playlist_item()'),
    ('artist_external_id', $f$note_owner('artist', 'artist_id', 'page')$f$),
    ('album_external_id', $f$note_owner('album', 'album_id', 'page')$f$),
    ('song_external_id', $f$note_owner('song', 'song_id', 'page')$f$),
    ('playlist_external_id', $f$note_owner('playlist', 'playlist_id', 'page')$f$),
    ('artist_redirect', $f$note_owner('artist', 'id', 'label')$f$),
    ('album_redirect', $f$note_owner('album', 'id', 'label')$f$),
    ('song_redirect', $f$note_owner('song', 'id', 'label')$f$),
    ('playlist_redirect', $f$note_owner('playlist', 'id', 'label')$f$),
    ('album_artwork', $f$note_owner('album', 'album_id', 'page')$f$),
    ('enrichment', 'note_enrichment()'),
    ('album_colour', $f$note_name('albums.colour')$f$),
    ('deletion', $f$note_name('deletions')$f$)) AS tables (name, call)
  LOOP
    EXECUTE format('CREATE TRIGGER note_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %s', noted.name, noted.call);
    EXECUTE format('CREATE TRIGGER note_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %s', noted.name, noted.call);
    EXECUTE format('CREATE TRIGGER note_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION %s', noted.name, noted.call);
    EXECUTE format($f$CREATE TRIGGER note_truncate AFTER TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION note_name('*')$f$, noted.name);
  END LOOP;
END $$;

CREATE TRIGGER note_update AFTER UPDATE ON catalogue REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalogue();
