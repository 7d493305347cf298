import { AppError } from '@/lib/errors'

/** Whether a statement was ended for its time. */
export const isTooLong = (error: unknown): boolean => error instanceof AppError && error.code === 'unavailable'
