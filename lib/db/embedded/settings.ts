import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'

const MiB = 1024 ** 2
const between = (low: number, value: number, high: number) => Math.round(Math.min(Math.max(value, low), high))

/** With less, parallel queries can fail: containers have 64 MiB of shared memory by default. */
const MIN_SHARED_MEMORY = 1024 * MiB

/** Bytes of memory that this process and its children may use: a container's limit, or the machine's. */
const memory = () => Math.min(process.constrainedMemory() || totalmem(), totalmem())

/** PostgreSQL's settings for this machine. All others have their defaults: above all, every commit is durable. */
export async function serverSettings(port: number): Promise<Record<string, string | number>> {
  const total = memory() / MiB
  const shared = process.platform === 'linux' ? await statfs('/dev/shm').catch(() => undefined) : undefined
  const sharedMemory = shared && shared.blocks * shared.bsize
  return {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    cluster_name: 'syromusic',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    shared_buffers: `${between(128, total / 4, 2048)}MB`,
    effective_cache_size: `${between(256, (total * 3) / 4, 1024 * 1024)}MB`,
    maintenance_work_mem: `${between(64, total / 16, 1024)}MB`,
    work_mem: `${between(4, total / 256, 32)}MB`,
    // An import writes gigabytes at once. With a small log, checkpoints would slow it down.
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    // The server has no replicas. At this level, a table that is created and filled in one transaction is not logged.
    wal_level: 'minimal',
    max_wal_senders: 0,
    // On solid-state disks, random reads cost little more than sequential ones.
    random_page_cost: 1.1,
    effective_io_concurrency: 200,
    // Compiling a query takes longer than any query of a page.
    jit: 'off',
    ...(sharedMemory !== undefined && sharedMemory < MIN_SHARED_MEMORY && { dynamic_shared_memory_type: 'mmap' }),
  }
}
