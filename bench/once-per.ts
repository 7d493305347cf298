/** Makes one of each key for every owner, and gives it to all who ask: benchmarks of a short run share servers and sites. */
export function oncePer<Owner extends object, Key, Made>(
  make: (owner: Owner, key: Key) => Promise<Made>,
): (owner: Owner, key: Key) => Promise<Made> {
  const all = new WeakMap<Owner, Map<Key, Promise<Made>>>()
  return (owner, key) => {
    const ofOwner = all.get(owner) ?? new Map<Key, Promise<Made>>()
    all.set(owner, ofOwner)
    const made = ofOwner.get(key) ?? make(owner, key)
    ofOwner.set(key, made)
    return made
  }
}
