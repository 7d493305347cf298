import { list, pairs } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

const [am, af] = pairs(`
  branco/branca, negro/negra, azul/azul, distante/distante, perdido/perdida, secreto/secreta, selvagem/selvagem,
  frágil/frágil, profundo/profunda, ardente/ardente, lento/lenta, dourado/dourada, eterno/eterna, esquecido/esquecida,
  estranho/estranha, verde/verde, vermelho/vermelha, adormecido/adormecida, invisível/invisível, noturno/noturna,
  sozinho/sozinha, tranquilo/tranquila, antigo/antiga, último/última, novo/nova, aberto/aberta, claro/clara`)

export const portuguese = language({
  share: 5,
  words: {
    am,
    af,
    nm: list(`
      vento, rio, caminho, céu, sol, inverno, verão, sonho, silêncio, coração, trem, porto, jardim, espelho, barco,
      relógio, segredo, tempo, fogo, mundo, balanço, pássaro, sertão, outono, farol, tambor, mar, morro, violão, cais,
      quintal, beijo`),
    nf: list(`
      lua, noite, chuva, cidade, sombra, canção, carta, rua, estrela, flor, luz, casa, janela, montanha, palavra, pedra,
      praia, primavera, memória, terra, voz, ilha, andorinha, fronteira, madrugada, saudade, maré, esquina, manhã, brisa,
      ladeira, varanda`),
    npl: list(
      'caminhos, rios, sonhos, pássaros, barcos, segredos, ventos, jardins, espelhos, cavalos, amigos, viajantes, tambores, cometas, girassóis',
    ),
    line: list(`
      Não vá embora, Volto amanhã, Diz que sim, Assim é a vida, Nunca é tarde, Onde você está?, Sem você, Fica mais um
      pouco, Tudo passa, Até logo, Outra vez, Que noite!, Já não sei, Bom dia`),
    who: list('Antônia, Lúcia, Conceição, Sofia, Inês, Tomé, João, Luíza, Estêvão, Helô'),
  },
  titles: {
    '{nm} {am}': 14,
    '{nf} {af}': 14,
    '{nf}': 3,
    'o {nm}': 3,
    'a {nf}': 3,
    '{nm} da {nf}': 8,
    '{nf} do {nm}': 8,
    'canção do {nm}': 3,
    'samba da {nf}': 3,
    'perto do {nm}': 3,
    'entre o {nm} e a {nf}': 5,
    'a {nf} {af} do {nm}': 6,
    'para {who}': 2,
    '{line}': 5,
  },
  groups: {
    'Os {npl}': 14,
    'Os {npl} do {nm}': 20,
    'Os {npl} da {nf}': 18,
    '{nm} {am}': 18,
    '{nf} {af}': 18,
    '{who} e os {npl}': 8,
  },
  people: [
    {
      given: `
        Abílio, Amália, Antônio, Beatriz, Caetana, Célia, Cecília, Davi, Dora, Eduardo, Estela, Fábio, Flávia, Gonçalo,
        Graça, Heitor, Iara, Inácio, Joana, Joaquim, Júlia, Lázaro, Leila, Luís, Marília, Mateus, Olívia, Otávio, Rafaela,
        Rômulo, Sílvia, Simão, Teresa, Vinícius, Zélia`,
      family: `
        Abreu, Almada, Amaral, Andrade, Araújo, Assunção, Azevedo, Barros, Bastos, Brandão, Cabral, Câmara, Carvalho,
        Conceição, Couto, Damasceno, Esteves, Falcão, Fonseca, Galvão, Guimarães, Leitão, Lobo, Magalhães, Meireles,
        Moura, Nóbrega, Paixão, Pessanha, Queirós, Rangel, Saldanha, Sampaio, Serrão, Tavares, Vilela`,
    },
  ],
  cities:
    'Lisboa/Lisbon, Porto, Coimbra, Rio de Janeiro, São Paulo, Salvador, Recife, Belém, Luanda, Maputo, Praia, Curitiba',
  live: { 'ao vivo em {city}': 4, 'uma noite em {city}': 2 },
  soundtrack: ' (trilha sonora original)',
  hits: 'Greatest Hits, Grandes sucessos, O melhor de, Antologia, Perfil',
  playlists:
    'Domingo de manhã, Churrasco, Verão, Estrada, Dormir, Corrida, Saudade, Festa, Para cozinhar, Chuva, Descobertas',
})
