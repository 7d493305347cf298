-- What was deleted or merged, for those who keep a copy of the catalogue.
CREATE TYPE "deleted_kind" AS ENUM ('artist', 'album', 'song', 'playlist');

CREATE TABLE "deletion" (
    "id" SERIAL NOT NULL,
    "kind" "deleted_kind" NOT NULL,
    "entity_id" INTEGER NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deletion_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "deletion_kind_entity_id_key" ON "deletion"("kind", "entity_id");
CREATE INDEX "deletion_deleted_at_id_idx" ON "deletion"("deleted_at", "id");

-- Triggers, so that no way of deleting is left out. The time is that of lib/catalogue/deletions/retention.ts.
CREATE FUNCTION note_deletions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO deletion (kind, entity_id) SELECT TG_ARGV[0]::deleted_kind, gone.id FROM gone ORDER BY gone.id
  ON CONFLICT (kind, entity_id) DO UPDATE SET id = nextval('deletion_id_seq'), deleted_at = excluded.deleted_at;
  DELETE FROM deletion WHERE deleted_at < now() - interval '90 days';
  RETURN NULL;
END $$;

CREATE TRIGGER artist_deleted AFTER DELETE ON artist REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION note_deletions('artist');
CREATE TRIGGER album_deleted AFTER DELETE ON album REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION note_deletions('album');
CREATE TRIGGER song_deleted AFTER DELETE ON song REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION note_deletions('song');
CREATE TRIGGER playlist_deleted AFTER DELETE ON playlist REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION note_deletions('playlist');
