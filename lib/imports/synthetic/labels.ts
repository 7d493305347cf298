import { list, Phrases } from './phrases'

/** Record labels have English names in most countries. */
export const labels = new Phrases(
  {
    first: list(`
      Hearth, Lantern, Meridian, Saltwater, Northgate, Paper Moon, Quay, Red Door, Sandpiper, Tall Tree, Undertow, Vesper,
      Wildflower, Yellow House, Anvil, Bluebird Lane, Cobalt, Driftwood, Ember, Fernway, Granite, Halcyon, Inkwell, Juniper,
      Kestrel, Longshore, Marigold, Nightjar, Old Mill, Parallel, Quartz, Rookery, Signal Hill, Tidal, Umbra, Velvet Rope,
      Westerly, Attic, Bellwether, Compass, Daybreak, Eleventh, Foxglove, Glasshouse, Harbourside, Isle, Jetty, Kiln`),
    second: list('Records, Recordings, Music, Discs, Sound, Editions, Tapes, Audio, Productions, Collective'),
  },
  { '{first} {second}': 5, '{first}': 1 },
)
