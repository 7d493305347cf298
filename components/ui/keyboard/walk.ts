/** Movement by arrow keys among the items of a list or grid. */

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'
type Box = { left: number; right: number; top: number; bottom: number }

const middle = ({ left, right }: Box) => (left + right) / 2

/**
 * The index of the box in the direction of an arrow, or null at the end. Left and right are the neighbours in reading order;
 * up and down are the nearest boxes of the next row.
 */
export function stepFrom(from: number, boxes: Box[], arrow: Arrow, rightToLeft = false): number | null {
  const here = boxes[from]
  if (!here) return null
  if (arrow === 'ArrowLeft' || arrow === 'ArrowRight') {
    const next = (arrow === 'ArrowRight') === rightToLeft ? from - 1 : from + 1
    return boxes[next] ? next : null
  }
  const down = arrow === 'ArrowDown'
  // The boxes of a row have different tops if their titles differ in height.
  const beyond = boxes.flatMap((box, index) =>
    (down ? box.top >= here.bottom - 1 : box.bottom <= here.top + 1) ? [{ box, index }] : [],
  )
  const edge = down ? Math.min(...beyond.map(({ box }) => box.top)) : Math.max(...beyond.map(({ box }) => box.bottom))
  const row = beyond.filter(({ box }) => (down ? box.top : box.bottom) === edge)
  const nearest = row.sort((a, b) => Math.abs(middle(a.box) - middle(here)) - Math.abs(middle(b.box) - middle(here)))[0]
  return nearest?.index ?? null
}
