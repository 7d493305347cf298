-- What is seen while a picture is on its way: its ThumbHash, drawn once. Of pictures that were taken before there is none.
ALTER TABLE "artwork" ADD COLUMN "placeholder" BYTEA NOT NULL DEFAULT '\x';

-- Lists show covers without joining for them.
ALTER TABLE "album" ADD COLUMN "cover" TEXT;
UPDATE album SET cover = concat_ws(' ', artwork.hash, width, height, colours -> 0 ->> 'hex')
FROM album_artwork JOIN artwork USING (hash) WHERE album_id = album.id;
