import { list, Phrases } from './phrases'

/** Titles of classical works, in international terms. */
const words = {
  form: list(
    'Sonata, Concerto, Symphony, Quartet, Trio, Suite, Serenade, Divertimento, Partita, Sinfonia, Quintet, Rhapsody',
  ),
  small: list(
    'Nocturne, Prelude, Étude, Waltz, Mazurka, Impromptu, Fugue, Intermezzo, Ballade, Barcarolle, Berceuse, Romance',
  ),
  smalls: list('Nocturnes, Preludes, Études, Waltzes, Mazurkas, Impromptus, Fugues, Intermezzos, Ballades, Romances'),
  few: list('Three, Four, Five, Six, Eight, Ten, Twelve, Twenty-four'),
  number: Array.from({ length: 40 }, (_, index) => String(index + 1)),
  key: list(`
    C major, C minor, D-flat major, D major, D minor, E-flat major, E major, E minor, F major, F minor, F-sharp minor,
    G major, G minor, A-flat major, A major, A minor, B-flat major, B-flat minor, B minor`),
  movement: list(`
    I. Allegro, I. Allegro moderato, I. Moderato, II. Andante, II. Adagio, II. Largo, II. Andante con moto, III. Scherzo,
    III. Menuetto, III. Allegretto, IV. Finale: Presto, IV. Rondo: Vivace, IV. Allegro con brio`),
}

export const pieces = new Phrases(words, {
  '{form} No. {number} in {key}: {movement}': 6,
  '{small} No. {number} in {key}': 4,
})

export const programmes = new Phrases(words, {
  '{form} No. {number} in {key}': 5,
  '{form} No. {number} / {small} in {key}': 2,
  '{few} {smalls}': 1,
})
