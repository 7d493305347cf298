import { list, pairs } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

const [en, ett] = pairs(`
  stilla/stilla, mörk/mörkt, ljus/ljust, blå/blått, vit/vitt, grå/grått, kall/kallt, varm/varmt, lång/långt, gammal/gammalt,
  ny/nytt, liten/litet, stor/stort, ensam/ensamt, fri/fritt, vild/vilt, tyst/tyst, öppen/öppet, gyllene/gyllene,
  glömd/glömt, främmande/främmande, sömnig/sömnigt, röd/rött, grön/grönt, djup/djupt, öde/öde`)

export const swedish = language({
  share: 4,
  words: {
    en,
    ett,
    common: list(`
      natt, sjö, skog, väg, vind, sommar, vinter, höst, vår, stjärna, måne, båt, bro, stad, gata, ö, älv, sång, dröm, resa,
      fågel, dörr, låga, äng, klocka, fyr, saga, vän, våg, gryning`),
    neuter: list(`
      ljus, hav, hus, regn, moln, berg, fönster, land, hjärta, vatten, rum, tåg, träd, glas, segel, spår, skepp, minne,
      brev, torg`),
    the: list(`
      natten, sjön, skogen, vägen, vinden, sommaren, vintern, hösten, våren, stjärnan, månen, båten, bron, staden, gatan,
      ön, älven, drömmen, resan, fågeln, dörren, lågan, ängen, fyren, sagan, vågen, gryningen, ljuset, havet, huset,
      regnet, molnet, berget, fönstret, landet, hjärtat, vattnet, tåget, trädet, glaset, seglet, brevet, torget`),
    things: list(`
      drömmar, fåglar, vågor, stjärnor, skuggor, båtar, brev, vänner, systrar, moln, öar, broar, fyrar, vargar, svalor,
      lyktor, hjärtan, ekon, resor, segel`),
    line: list(`
      Kom hem igen, Vi ses imorgon, Säg det en gång till, Utan dig, Allt blir bra, Vänta på mig, Så långt bort,
      Ingen vet, Bara du, Det var en gång, God natt, Snart är det över, Här och nu`),
  },
  titles: {
    '{en} {common}': 16,
    '{ett} {neuter}': 14,
    '{common}': 3,
    '{the}': 4,
    '{the}s {neuter}': 8,
    '{the}s {things}': 8,
    'under {the}': 3,
    '{things} över {the}': 7,
    'mellan {the} och {the}': 7,
    'när {the} sover': 3,
    'visa om {the}': 3,
    '{line}': 5,
  },
  groups: {
    '{the}s {things}': 30,
    '{en} {common}': 20,
    '{ett} {neuter}': 20,
    '{common} & {neuter}': 15,
    '{city}s {things}': 10,
  },
  people: [
    {
      given: `
        Åke, Alva, Anders, Astrid, Birgitta, Björn, Ebba, Elsa, Erik, Freja, Gösta, Greta, Gunnar, Håkan, Hedda, Ingrid,
        Jöran, Karin, Lasse, Linnéa, Love, Märta, Nils, Olle, Pär, Saga, Sigrid, Sixten, Sören, Tove, Ulla, Vidar`,
      family: `
        Ahlgren, Åkesson, Almqvist, Berglund, Björklund, Blomqvist, Dahlberg, Ekström, Engström, Fagerlund, Fjällström,
        Granlund, Hägg, Hallberg, Hedlund, Högberg, Kjellgren, Källström, Lindqvist, Ljungdahl, Lövgren, Nordahl, Norén,
        Öberg, Östlund, Rönnberg, Sandström, Sjögren, Söderlind, Törnqvist, Wallin, Åberg`,
    },
  ],
  cities: 'Stockholm, Göteborg/Gothenburg, Malmö, Uppsala, Umeå, Luleå, Kiruna, Visby, Örebro, Lund',
  live: { 'Live i {city}': 4, 'en kväll i {city}': 3 },
  soundtrack: ' (filmmusik)',
  hits: 'Greatest Hits, Samlade sånger, Det bästa med, Svenska favoriter',
  playlists: 'Söndagsmorgon, Bilresa, Sommar, Fredagsmys, Löpning, Sova gott, Höstmörker, Midsommar, Städa, Nytt i år',
})
