import { list, pairs } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

const [am, af] = pairs(`
  blanco/blanca, negro/negra, azul/azul, lejano/lejana, perdido/perdida, secreto/secreta, salvaje/salvaje,
  frágil/frágil, profundo/profunda, ardiente/ardiente, lento/lenta, dorado/dorada, eterno/eterna, olvidado/olvidada,
  extraño/extraña, verde/verde, rojo/roja, dormido/dormida, invisible/invisible, nocturno/nocturna, solitario/solitaria,
  tranquilo/tranquila, roto/rota, herido/herida, último/última, plateado/plateada, errante/errante, abierto/abierta,
  antiguo/antigua, lunar/lunar`)

export const spanish = language({
  share: 9,
  words: {
    am,
    af,
    nm: list(`
      viento, río, camino, cielo, sol, invierno, verano, sueño, silencio, corazón, tren, puerto, jardín, espejo, humo,
      barco, reloj, secreto, tiempo, bosque, fuego, mundo, baile, balcón, árbol, pájaro, desierto, otoño, volcán, faro,
      relámpago, tambor, mar, pueblo, olivo`),
    nf: list(`
      luna, noche, lluvia, ciudad, sombra, canción, carta, calle, estrella, flor, luz, casa, ventana, montaña, palabra,
      piedra, playa, primavera, orilla, memoria, tierra, voz, nieve, guitarra, isla, golondrina, frontera, madrugada,
      raíz, tormenta, marea, bahía, esquina, mañana, brisa`),
    npl: list(`
      caminos, ríos, sueños, pájaros, trenes, barcos, faros, secretos, vientos, gitanos, volcanes, jardines, espejos,
      olivos, caballos, relojes, hermanos, viajeros, lobos, cometas`),
    line: list(`
      No te vayas, Volveré mañana, Dime que sí, Así es la vida, Nunca es tarde, ¿Dónde estás?, Sin ti, Quédate un poco,
      Todo pasa, Ay amor, Hasta luego, Cuéntame más, Otra vez, ¡Qué noche!, Ya no sé`),
    who: list('María Inés, Ángela, Lucía, Rosario, Sofía, Belén, Tomás, Andrés, Begoña, Inés, Martín, Raúl'),
  },
  titles: {
    '{nm} {am}': 14,
    '{nf} {af}': 14,
    '{nm}': 3,
    'la {nf}': 4,
    'el {nm}': 3,
    '{nm} de la {nf}': 7,
    '{nf} del {nm}': 7,
    'canción del {nm}': 3,
    'canción de la {nf}': 3,
    'bajo la {nf}': 2,
    'cerca del {nm}': 3,
    'entre el {nm} y la {nf}': 5,
    'donde duerme la {nf}': 3,
    'la {nf} {af} del {nm}': 6,
    'los {npl} de la {nf}': 5,
    '{who}': 1,
    'para {who}': 2,
    '{line}': 5,
  },
  groups: {
    'Los {npl}': 14,
    'Los {npl} del {nm}': 20,
    'Los {npl} de la {nf}': 16,
    '{nm} {am}': 18,
    '{nf} {af}': 18,
    '{who} y los {npl}': 10,
  },
  people: [
    {
      given: `
        Adrián, Agustín, Álvaro, Ana, Beatriz, Camila, Carmen, César, Concha, Damián, Dolores, Elena, Esteban, Fermín,
        Gabriela, Gonzalo, Héctor, Ignacio, Inés, Iván, Jimena, Joaquín, Julián, Lola, Lorenzo, Mercedes, Nicolás, Óscar,
        Paloma, Pilar, Ramón, Rocío, Rubén, Salomé, Simón, Tomás, Valentina, Ximena`,
      family: `
        Acosta, Aguilar, Alarcón, Arévalo, Ávila, Benítez, Bermúdez, Cabrera, Cárdenas, Castañeda, Cortázar, Cuevas,
        Delgado, Domínguez, Escobar, Espinoza, Figueroa, Galván, Guzmán, Herrera, Ibáñez, Jaramillo, Leiva, Maldonado,
        Marín, Medina, Montoya, Núñez, Olmedo, Ordóñez, Pacheco, Peña, Quintana, Robledo, Salazar, Sepúlveda, Solís,
        Urrutia, Valdés, Zúñiga`,
    },
  ],
  cities:
    'Madrid, Barcelona, Sevilla/Seville, Granada, Bilbao, Buenos Aires, Rosario, Santiago, Valparaíso, Montevideo, Lima, Bogotá, Medellín, Ciudad de México/Mexico City, Guadalajara, La Habana/Havana',
  live: { 'en vivo en {city}': 4, 'una noche en {city}': 2, '{city}: el concierto': 2 },
  soundtrack: ' (banda sonora original)',
  hits: 'Greatest Hits, Grandes éxitos, Grandes éxitos, Lo mejor de, Antología, Sus mejores canciones',
  playlists:
    'Domingo tranquilo, Para bailar, Verano, Carretera, Cena con amigos, Dormir, Correr, Nostalgia, Fiesta 🎉, Para cocinar, Lluvia, Descubrimientos',
})
