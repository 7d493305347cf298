import { answer } from '@/lib/api/answer'

/** Every operation of the API; lib/api/operations.ts lists them. */
export { answer as DELETE, answer as GET, answer as PUT }
