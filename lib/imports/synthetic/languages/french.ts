import { list, pairs } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

const [am, af] = pairs(`
  blanc/blanche, noir/noire, bleu/bleue, lointain/lointaine, perdu/perdue, secret/secrète, sauvage/sauvage,
  fragile/fragile, profond/profonde, brûlant/brûlante, lent/lente, doré/dorée, argenté/argentée, immobile/immobile,
  infini/infinie, oublié/oubliée, étrange/étrange, léger/légère, vert/verte, rouge/rouge, tranquille/tranquille,
  endormi/endormie, éternel/éternelle, invisible/invisible, nocturne/nocturne, solitaire/solitaire, voilé/voilée,
  retrouvé/retrouvée, gelé/gelée, ouvert/ouverte`)

export const french = language({
  share: 7,
  words: {
    am,
    af,
    nm: list(`
      jardin, chemin, vent, soleil, miroir, silence, château, bateau, cœur, café, tableau, train, pont, port, quai,
      rivage, ruisseau, secret, souvenir, théâtre, printemps, ciel, désert, fleuve, navire, matin, soir, sentier, voyage,
      manège, phare, bal, piano, rêve, feu`),
    nf: list(`
      mer, nuit, pluie, rivière, fenêtre, chanson, lettre, lumière, maison, montagne, neige, porte, rue, saison, terre,
      ville, voix, gare, plage, forêt, lune, fleur, danse, rose, pierre, colline, clairière, marée, promesse, tempête,
      valse, vague, poussière, comète, barque`),
    nv: list(`
      hiver, été, automne, océan, horizon, orage, aube, île, étoile, amour, ombre, oiseau, eau, enfance, arbre, écho,
      absence, aurore, abeille, hirondelle`),
    npl: list(`
      jours, nuits, chemins, oiseaux, lettres, rivières, fleurs, étoiles, vagues, matins, ombres, mots, jardins, rues,
      heures, saisons, voyageurs, amants, fenêtres, hirondelles, marées, lanternes`),
    line: list(`
      On verra demain, Reste encore, Je reviens bientôt, Rien ne presse, Tout recommence, C'était hier, Sans toi,
      Parle-moi, Un peu plus loin, Et pourtant, Déjà l'aube, Laisse-moi rêver, Nous deux, À demain, Comme avant`),
    who: list('Éloïse, Hélène, Françoise, Zoé, Anaïs, Noémie, Célestine, Gaël, Théo, Solène, Maëlle, Léonie'),
  },
  titles: {
    '{nm} {am}': 14,
    '{nf} {af}': 14,
    'le {nm}': 4,
    'la {nf}': 4,
    "l'{nv}": 4,
    'le {nm} de la {nf}': 7,
    "le {nm} de l'{nv}": 7,
    'la {nf} du {nm}': 7,
    "la {nf} de l'{nv}": 6,
    'les {npl} du {nm}': 5,
    'les {npl} de la {nf}': 5,
    "les {npl} d'{nv}": 5,
    'sous la {nf}': 2,
    'loin du {nm}': 3,
    'entre le {nm} et la {nf}': 4,
    'quand vient la {nf}': 3,
    'chanson pour {who}': 2,
    '{who}': 1,
    '{line}': 4,
  },
  groups: {
    'Les {npl}': 10,
    'Les {npl} du {nm}': 20,
    '{nm} {am}': 20,
    '{nf} {af}': 20,
    '{nf} & {nm}': 10,
    '{who} et les {npl}': 10,
  },
  people: [
    {
      given: `
        Adèle, Agnès, Amélie, André, Aurélie, Benoît, Camille, Cécile, Céline, Clémence, Colette, Édouard, Élise, Émile,
        Étienne, Fabien, Gaspard, Geneviève, Hélène, Inès, Jérôme, Joséphine, Léa, Loïc, Lucien, Mathilde, Maxime, Odile,
        Pascal, Raphaël, Rémi, Sébastien, Solange, Sylvie, Thérèse, Valérie, Véronique, Yann`,
      family: `
        Arnaud, Aubert, Beaumont, Bellerose, Bérard, Blanchet, Boisvert, Chastain, Clément, Corbeau, Delorme, Desmarais,
        Duchêne, Ferrand, Fontanel, Garnier, Girard, Lacroix, Lambert, Larivière, Laurier, Leclair, Lefèvre,
        Lévesque, Marchand, Mercier, Montclair, Moreau, Noël, Pelletier, Perrault, Rivière, Rousselin, Séguin, Tessier,
        Vallée, Vidal`,
    },
  ],
  cities:
    'Paris, Lyon, Marseille, Nantes, Bordeaux, Lille, Toulouse, Rennes, Bruxelles/Brussels, Liège, Genève/Geneva, Québec, Dakar, Abidjan',
  live: { 'en concert à {city}': 4, '{city} en public': 2, 'une nuit à {city}': 2 },
  soundtrack: ' (bande originale du film)',
  hits: 'Greatest Hits, Best of, Les plus belles chansons, Intégrale, Le meilleur de, Anthologie',
  playlists:
    'Dimanche matin, Soirée entre amis, Été, Hiver, Chansons françaises, Pour dormir, Voiture, Apéro, Course à pied, Mélancolie, À écouter, Vacances',
})
