import { list } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

export const german = language({
  share: 6,
  words: {
    /** Stems: "Still" + "er Wald". */
    a: list(`
      Still, Blau, Kalt, Weit, Golden, Fern, Neu, Alt, Letzt, Erst, Wild, Leis, Silbern, Grün, Rot, Weiß, Lang, Fremd,
      Offen, Leer, Hell, Klein, Groß, Süß, Müd, Frei, Tief, Schön, Spät, Früh, Verloren, Gläsern, Hölzern, Nächtlich`),
    m: list(`
      Wald, Wind, Regen, Garten, Morgen, Abend, Winter, Sommer, Herbst, Himmel, Traum, Mond, Schnee, Spiegel, Bahnhof,
      Brief, Schatten, Vogel, Fluss, Hafen, Turm, Nebel, Kompass, Kreis, Tanz, Zug, Berg, Weg, Sturm, Stern`),
    f: list(`
      Nacht, Stadt, Straße, Brücke, Sonne, Stimme, Tür, Insel, Welle, Küste, Zeit, Erde, Blume, Stille, Wiese, Reise,
      Laterne, Uhr, Mühle, Grenze, Liebe, Wolke, Höhle, Nähe, Ferne, Dämmerung, Schwester, Melodie, Schwalbe, Quelle`),
    n: list(`
      Licht, Meer, Haus, Feuer, Lied, Herz, Fenster, Land, Tal, Dorf, Glas, Schiff, Ufer, Wasser, Zimmer, Karussell,
      Versteck, Märchen, Segel, Gewitter, Echo, Blatt, Pferd, Radio, Theater`),
    pl: list(`
      Träume, Wellen, Vögel, Straßen, Sterne, Schatten, Briefe, Wolken, Lichter, Nächte, Türme, Hügel, Gärten, Schiffe,
      Brücken, Fremde, Wölfe, Schwalben, Züge, Räuber`),
    line: list(`
      Bleib noch hier, Bis morgen, Ohne dich, Alles wird leiser, Komm nach Hause, Wer weiß das schon, Noch einmal,
      Nichts zu verlieren, Wir zwei, Irgendwo dazwischen, Sag es mir, Es war einmal, Mach das Licht aus, Schöne Grüße`),
    who: list('Käthe, Jürgen, Marlene, Lotte, Günther, Gesine, Björn, Hannelore, Sören, Mareike'),
  },
  titles: {
    '{a}er {m}': 12,
    '{a}e {f}': 12,
    '{a}es {n}': 10,
    '{m}': 2,
    'Die {f}': 3,
    'Das {n}': 3,
    'Der {m} und die {f}': 5,
    'Das {n} und der {m}': 5,
    'Im {m}': 2,
    'In der {f}': 2,
    'Vor dem {m}': 2,
    'Nach der {f}': 2,
    'Lied der {f}': 2,
    'Zwischen {f} und {n}': 5,
    '{pl} in der {f}': 5,
    '{pl} ohne {f}': 4,
    '{pl}': 2,
    'Für {who}': 2,
    '{line}': 5,
  },
  groups: {
    'Die {pl}': 12,
    '{a}e {pl}': 20,
    '{a}er {m}': 16,
    '{a}e {f}': 16,
    '{a}es {n}': 14,
    '{f} & {m}': 12,
    '{who} und die {pl}': 8,
  },
  people: [
    {
      given: `
        Anke, Annelie, Bernd, Birgit, Björn, Carsten, Clemens, Dörte, Elke, Emil, Frieda, Gerd, Greta, Gudrun, Hanno,
        Heike, Henrike, Ilse, Jörg, Jürgen, Karla, Konrad, Leni, Lukas, Marlis, Moritz, Nele, Otto, Paula, Renate, Rüdiger,
        Sabine, Sören, Thea, Till, Ute, Veit, Wiebke`,
      family: `
        Ahrens, Bäcker, Baumgart, Behrendt, Böhm, Brückner, Dietrich, Dörfler, Eichhorn, Falk, Feldmann, Förster, Gärtner,
        Götz, Grünwald, Hagedorn, Hübner, Jäger, Kästner, Köhler, Krüger, Lindner, Löwe, Möller, Nachtigall, Oswald,
        Pohl, Rabe, Reinhardt, Rosenbaum, Schäfer, Schröder, Seidel, Steinhoff, Sturm, Vogel, Wäger, Winterfeld`,
    },
  ],
  cities:
    'Berlin, Hamburg, Köln/Cologne, Leipzig, München/Munich, Wien/Vienna, Graz, Zürich/Zurich, Basel, Dresden, Bremen, Bochum',
  live: { 'Live in {city}': 5, 'Ein Abend in {city}': 2, '{city} live': 2 },
  soundtrack: ' (Original-Filmmusik)',
  hits: 'Greatest Hits, Das Beste, Best of, Die großen Erfolge, Gesammelte Lieder',
  playlists:
    'Sonntagmorgen, Autofahrt, Feierabend, Grillen, Sommer, Winter, Laufen, Einschlafen, Arbeiten, Küchenparty, Für später, Schöne Lieder',
})
