import { number } from '@/components/ui/text'

const names: Record<number, string> = { 1: 'a second', 60: 'a minute', 3600: 'an hour', 86400: 'a day' }

/** How long a window is: "an hour", "in 90 seconds". */
export const windowText = ({ windowSeconds }: { windowSeconds: number }): string =>
  names[windowSeconds] ?? `in ${number(windowSeconds)} seconds`
