/**
 * SQL for the cover column of an album, which saves lists from reading other tables; null without a cover.
 * @param album the album's table or alias.
 */
export const coverOf = (album: string): string => `(
  SELECT concat_ws(' ', artwork.hash, artwork.width, artwork.height, coalesce(artwork.colours -> 0 ->> 'hex', '#808080'),
    translate(encode(artwork.placeholder, 'base64'), E'\\n', ''))
  FROM album_artwork JOIN artwork USING (hash) WHERE album_artwork.album_id = ${album}.id)`
