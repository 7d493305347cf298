import { list } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

export const polish = language({
  share: 3,
  words: {
    am: list(
      'biały, czarny, błękitny, daleki, zimny, cichy, złoty, srebrny, ostatni, pierwszy, dziki, pusty, zagubiony, stary, nowy, zielony, nocny, zimowy, letni, śpiący, głęboki, szklany',
    ),
    af: list(
      'biała, czarna, błękitna, daleka, zimna, cicha, złota, srebrna, ostatnia, pierwsza, dzika, pusta, zagubiona, stara, nowa, zielona, nocna, zimowa, letnia, śpiąca, głęboka, szklana',
    ),
    an: list(
      'białe, czarne, błękitne, dalekie, zimne, ciche, złote, srebrne, ostatnie, pierwsze, dzikie, puste, zagubione, stare, nowe, zielone, nocne, zimowe, letnie, śpiące, głębokie, szklane',
    ),
    nm: list(
      'wiatr, deszcz, śnieg, las, dom, ogród, księżyc, most, pociąg, list, cień, port, sen, taniec, brzeg, wieczór, poranek, ptak, strumień, żagiel',
    ),
    nf: list(
      'noc, rzeka, droga, zima, jesień, wiosna, gwiazda, łąka, ulica, piosenka, cisza, wyspa, góra, woda, latarnia, podróż, chmura, róża, fala, baśń',
    ),
    nn: list(
      'światło, morze, miasto, niebo, serce, jezioro, okno, słońce, lato, echo, zwierciadło, pole, lustro, wspomnienie',
    ),
    gen: list(
      'wiatru, deszczu, śniegu, lasu, ogrodu, księżyca, mostu, snu, wieczoru, poranka, nocy, rzeki, drogi, zimy, jesieni, wiosny, gwiazdy, łąki, ulicy, ciszy, wyspy, morza, miasta, nieba, serca, jeziora, światła, słońca',
    ),
    line: list(
      'Zostań jeszcze, Do jutra, Powiedz mi, Bez ciebie, Nic nie szkodzi, Wrócę wiosną, Tak daleko stąd, Jeszcze raz, Kto to wie, Dobranoc, Gdzie jesteś, Już świta',
    ),
  },
  titles: {
    '{am} {nm}': 14,
    '{af} {nf}': 14,
    '{an} {nn}': 12,
    '{nf}': 2,
    '{nn}': 2,
    '{nm} {gen}': 10,
    '{nf} {gen}': 10,
    '{nn} {gen}': 8,
    'bez {gen}': 3,
    'piosenka dla {gen}': 2,
    '{nf} i {nm}': 8,
    '{line}': 6,
  },
  groups: { '{am} {nm}': 24, '{af} {nf}': 24, '{an} {nn}': 20, '{nm} {gen}': 20, '{nf} i {nm}': 12 },
  people: [
    {
      given:
        'Adam, Bartłomiej, Bogdan, Czesław, Dawid, Grzegorz, Jacek, Jerzy, Kazimierz, Łukasz, Maciej, Michał, Paweł, Przemysław, Stanisław, Tadeusz, Wojciech, Zbigniew',
      family:
        'Białkowski, Borowski, Dąbrowski, Gajewski, Jasiński, Jóźwiak, Kędzierski, Krawczyk, Łukowski, Malinowski, Nowicki, Ostrowski, Pawlak, Rybiński, Sikora, Śliwiński, Tomczak, Wróbel, Zając, Żurawski',
    },
    {
      given:
        'Agnieszka, Alicja, Bożena, Danuta, Ewa, Grażyna, Halina, Irena, Jadwiga, Julia, Kalina, Lucyna, Małgorzata, Marzena, Olga, Róża, Stanisława, Wanda, Zofia, Żaneta',
      family:
        'Białkowska, Borowska, Dąbrowska, Gajewska, Jasińska, Jóźwiak, Kędzierska, Krawczyk, Łukowska, Malinowska, Nowicka, Ostrowska, Pawlak, Rybińska, Sikora, Śliwińska, Tomczak, Wróbel, Zając, Żurawska',
    },
  ],
  cities: 'Warszawa/Warsaw, Kraków, Gdańsk, Wrocław, Poznań, Łódź, Toruń, Lublin, Katowice, Szczecin',
  live: { '{city}: na żywo': 4, 'koncert: {city}': 2 },
  soundtrack: ' (muzyka z filmu)',
  hits: 'Greatest Hits, Największe przeboje, Złota kolekcja, Antologia',
  playlists: 'Niedzielny poranek, Do biegania, Zima, Lato, Na drogę, Do snu, Impreza, Wieczór, Praca, Odkrycia',
})
