import type { ClientBase } from 'pg'
import { vi } from 'vitest'
import { catchUp } from '@/lib/cache/changes/read'
import { applyChanges } from '@/lib/search/index/update'

/** Indexes all changes, and reads the change log as the worker's notification does. */
export async function updateIndex(client: ClientBase): Promise<void> {
  while ((await applyChanges(client)) > 0);
  await catchUp()
}

/** Stops the clock that limits the search for corrections, so that a slow machine finds the same ones. */
export function stopClock(): void {
  vi.spyOn(performance, 'now').mockReturnValue(performance.now())
}
