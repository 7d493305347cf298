import { number } from '@/components/ui/text'

const names: Record<number, string> = { 1: 'per second', 60: 'per minute', 3600: 'per hour', 86400: 'per day' }

/** The length of a rate limit window: "per hour", "in 90 seconds". */
export const windowText = ({ windowSeconds }: { windowSeconds: number }): string =>
  names[windowSeconds] ?? `in ${number(windowSeconds)} seconds`
