import type { Kind } from './text/parse'

/**
 * What must be found: queries as people type them, and the hit that each must give, by its kind and name. Over Chinook,
 * the sample catalogue: 275 artists, 347 albums, 3,503 songs.
 */
export type Judgement = [query: string, kind: Kind, name: string]

/** As it is printed, or nearly so. */
const plain: Judgement[] = [
  ['AC/DC', 'artist', 'AC/DC'],
  ['Metallica', 'artist', 'Metallica'],
  ['Iron Maiden', 'artist', 'Iron Maiden'],
  ['Queen', 'artist', 'Queen'],
  ['U2', 'artist', 'U2'],
  ['Deep Purple', 'artist', 'Deep Purple'],
  ['Pearl Jam', 'artist', 'Pearl Jam'],
  ['Black Sabbath', 'artist', 'Black Sabbath'],
  ['Led Zeppelin', 'artist', 'Led Zeppelin'],
  ['Green Day', 'artist', 'Green Day'],
  ['Jazz', 'genre', 'Jazz'],
  ['Reggae', 'genre', 'Reggae'],
  ['Bossa Nova', 'genre', 'Bossa Nova'],
  ['90’s Music', 'playlist', '90’s Music'],
  ['Grunge', 'playlist', 'Grunge'],
  ['Achtung Baby', 'album', 'Achtung Baby'],
  ['American Idiot', 'album', 'American Idiot'],
  ['Master Of Puppets', 'album', 'Master Of Puppets'],
  ['Bohemian Rhapsody', 'song', 'Bohemian Rhapsody'],
  ['Stairway To Heaven', 'song', 'Stairway To Heaven'],
  ['Smells Like Teen Spirit', 'song', 'Smells Like Teen Spirit'],
  ['For Those About To Rock', 'album', 'For Those About To Rock We Salute You'],
]

/** Without accents, capitals and punctuation; in one word or in several. */
const folded: Judgement[] = [
  ['acdc', 'artist', 'AC/DC'],
  ['ac dc', 'artist', 'AC/DC'],
  ['ac-dc', 'artist', 'AC/DC'],
  ['motorhead', 'artist', 'Motörhead'],
  ['MOTORHEAD', 'artist', 'Motörhead'],
  ['motley crue', 'artist', 'Mötley Crüe'],
  ['guns n roses', 'artist', "Guns N' Roses"],
  ['guns and roses', 'artist', "Guns N' Roses"],
  ['guns & roses', 'artist', "Guns N' Roses"],
  ['GUNS N’ ROSES', 'artist', "Guns N' Roses"],
  ['rem', 'artist', 'R.E.M.'],
  ['r.e.m.', 'artist', 'R.E.M.'],
  ['r e m', 'artist', 'R.E.M.'],
  ['legiao urbana', 'artist', 'Legião Urbana'],
  ['titas', 'artist', 'Titãs'],
  ['barao vermelho', 'artist', 'Barão Vermelho'],
  ['antonio carlos jobim', 'artist', 'Antônio Carlos Jobim'],
  ['joao gilberto', 'artist', 'João Gilberto'],
  ['claudio zoli', 'artist', 'Cláudio Zoli'],
  ['chico science e nacao zumbi', 'artist', 'Chico Science & Nação Zumbi'],
  ['chico science and nacao zumbi', 'artist', 'Chico Science & Nação Zumbi'],
  ['page and plant', 'artist', 'Page & Plant'],
  ['ledzeppelin', 'artist', 'Led Zeppelin'],
  ['ub 40', 'artist', 'UB40'],
  ['sandra de sa', 'artist', 'Sandra De Sá'],
  ['agua de beber', 'song', 'Água de Beber'],
  ['girl from ipanema', 'song', 'The Girl From Ipanema'],
  ['paul dianno', 'artist', "Paul D'Ianno"],
  ['Ｍｅｔａｌｌｉｃａ', 'artist', 'Metallica'],
  ['garota de ipanema', 'song', 'Garota De Ipanema'],
  ['90s music', 'playlist', '90’s Music'],
]

/** With and without articles. */
const articles: Judgement[] = [
  ['doors', 'artist', 'The Doors'],
  ['the doors', 'artist', 'The Doors'],
  ['police', 'artist', 'The Police'],
  ['rolling stones', 'artist', 'The Rolling Stones'],
  ['the rolling stones', 'artist', 'The Rolling Stones'],
  ['who', 'artist', 'The Who'],
  ['clash', 'artist', 'The Clash'],
  ['cult', 'artist', 'The Cult'],
  ['the smashing pumpkins', 'artist', 'Smashing Pumpkins'],
  ['the metallica', 'artist', 'Metallica'],
  ['black crowes', 'artist', 'The Black Crowes'],
  ['tea party', 'artist', 'The Tea Party'],
]

/** Mistyped. */
const mistyped: Judgement[] = [
  ['metalica', 'artist', 'Metallica'],
  ['mettalica', 'artist', 'Metallica'],
  ['led zeplin', 'artist', 'Led Zeppelin'],
  ['led zepelin', 'artist', 'Led Zeppelin'],
  ['led zepplin', 'artist', 'Led Zeppelin'],
  ['areosmith', 'artist', 'Aerosmith'],
  ['aerosmth', 'artist', 'Aerosmith'],
  ['nirvanna', 'artist', 'Nirvana'],
  ['iron maden', 'artist', 'Iron Maiden'],
  ['irom maiden', 'artist', 'Iron Maiden'],
  ['black sabath', 'artist', 'Black Sabbath'],
  ['jimmi hendrix', 'artist', 'Jimi Hendrix'],
  ['jimi hendricks', 'artist', 'Jimi Hendrix'],
  ['soundgarten', 'artist', 'Soundgarden'],
  ['red hot chilli pepers', 'artist', 'Red Hot Chili Peppers'],
  ['ozzy osborne', 'artist', 'Ozzy Osbourne'],
  ['alanis morisette', 'artist', 'Alanis Morissette'],
  ['lenny kravits', 'artist', 'Lenny Kravitz'],
  ['jamiroqai', 'artist', 'Jamiroquai'],
  ['scorpons', 'artist', 'Scorpions'],
  ['judas preist', 'artist', 'Judas Priest'],
  ['smashing pumkins', 'artist', 'Smashing Pumpkins'],
  ['bohemian rapsody', 'song', 'Bohemian Rhapsody'],
  ['stairway to heavan', 'song', 'Stairway To Heaven'],
  ['smels like teen spirit', 'song', 'Smells Like Teen Spirit'],
  ['master of pupets', 'album', 'Master Of Puppets'],
  ['gilberto gill', 'artist', 'Gilberto Gil'],
  ['caetano velozo', 'artist', 'Caetano Veloso'],
  ['foo figthers', 'artist', 'Foo Fighters'],
  ['system of a donw', 'artist', 'System Of A Down'],
]

/** The beginning alone, or some of the words, in any order. */
const partial: Judgement[] = [
  ['metal', 'genre', 'Metal'],
  ['metall', 'artist', 'Metallica'],
  ['led zep', 'artist', 'Led Zeppelin'],
  ['zeppelin', 'artist', 'Led Zeppelin'],
  ['maiden', 'artist', 'Iron Maiden'],
  ['hendrix', 'artist', 'Jimi Hendrix'],
  ['hendrix jimi', 'artist', 'Jimi Hendrix'],
  ['chili peppers', 'artist', 'Red Hot Chili Peppers'],
  ['red hot', 'artist', 'Red Hot Chili Peppers'],
  ['osbourne', 'artist', 'Ozzy Osbourne'],
  ['stevie ray vaughan', 'artist', 'Stevie Ray Vaughan & Double Trouble'],
  ['double trouble', 'artist', 'Stevie Ray Vaughan & Double Trouble'],
  ['paralamas', 'artist', 'Os Paralamas Do Sucesso'],
  ['system of a', 'artist', 'System Of A Down'],
  ['teen spirit', 'song', 'Smells Like Teen Spirit'],
  ['stairway heaven', 'song', 'Stairway To Heaven'],
  ['garota ipanema', 'song', 'Garota De Ipanema'],
  ['jobim', 'artist', 'Antônio Carlos Jobim'],
  ['kravitz', 'artist', 'Lenny Kravitz'],
]

/** A song, an album and whose it is; fields; phrases. */
const crossed: Judgement[] = [
  ['queen bohemian', 'song', 'Bohemian Rhapsody'],
  ['nirvana smells like teen spirit', 'song', 'Smells Like Teen Spirit'],
  ['led zeppelin stairway', 'song', 'Stairway To Heaven'],
  ['one metallica', 'song', 'One'],
  ['u2 one', 'song', 'One'],
  ['green day holiday', 'song', 'Holiday'],
  ['metallica master of puppets', 'album', 'Master Of Puppets'],
  ['u2 achtung baby', 'album', 'Achtung Baby'],
  ['artist:"Led Zeppelin" title:stairway', 'song', 'Stairway To Heaven'],
  ['artist:queen rhapsody', 'song', 'Bohemian Rhapsody'],
  ['album:"achtung baby" one', 'song', 'One'],
  ['"bohemian rhapsody"', 'song', 'Bohemian Rhapsody'],
  ['kind:album master of puppets', 'album', 'Master Of Puppets'],
  ['kind:artist queen', 'artist', 'Queen'],
  ['rem losing my religion', 'song', 'Losing My Religion'],
]

export const judgements: Judgement[] = [...plain, ...folded, ...articles, ...mistyped, ...partial, ...crossed]
