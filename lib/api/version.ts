import packageJson from '@/package.json' with { type: 'json' }

/** The version of SyroMusic. */
export const { version } = packageJson
