import { pageCached } from '@/lib/cache/page'
import { findDemo } from './read'

export const hasDemo = pageCached('demo', findDemo)
