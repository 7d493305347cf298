/** The setting of single-key shortcuts (WCAG 2.1.4), stored in the browser. */

const KEY = 'single-keys'

/** The setting if the browser has no storage. It lasts as long as the page. */
let unstored = true

export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return unstored
  }
}

type Press = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** Whether a key press may be a shortcut. Shift and an arrow extend the selection. */
export const mayBeShortcut = ({ key, altKey, ctrlKey, metaKey, shiftKey }: Press, singleKeysOn: boolean): boolean =>
  !(altKey || ctrlKey || metaKey) && (key.startsWith('Arrow') ? !shiftKey : singleKeysOn)

export function setSingleKeys(on: boolean): void {
  unstored = on
  try {
    if (on) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, 'off')
  } catch {
    // See `unstored`.
  }
}
