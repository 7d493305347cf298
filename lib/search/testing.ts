import type { ClientBase } from 'pg'
import { vi } from 'vitest'
import { forgetHere } from '@/lib/cache/forget'
import { applyChanges } from '@/lib/search/index/update'

/** Indexes all changes, and clears the caches as the worker's notification does. */
export async function updateIndex(client: ClientBase): Promise<void> {
  while ((await applyChanges(client)) > 0);
  forgetHere(['search'])
}

/** Stops the clock that limits the search for corrections, so that a slow machine finds the same ones. */
export function stopClock(): void {
  vi.spyOn(performance, 'now').mockReturnValue(performance.now())
}
