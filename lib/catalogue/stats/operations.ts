import { findTotals } from '@/lib/catalogue/home'
import { endpoint } from '@/lib/http/api/endpoint'
import { getStats } from './contract'

export const stats = endpoint(getStats, { read: findTotals })
