import type { ClientBase } from 'pg'
import { forgetHere } from '@/lib/cache/forget'
import { applyChanges } from '@/lib/search/index/update'

/** Brings the index up to date as the worker does, of whose writes every process hears. */
export async function updateIndex(client: ClientBase): Promise<void> {
  while ((await applyChanges(client)) > 0);
  forgetHere(['search'])
}
