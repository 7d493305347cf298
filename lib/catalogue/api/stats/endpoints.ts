import { findTotals } from '@/lib/catalogue/home/queries'
import { endpoint } from '@/lib/http/api/endpoint'
import { getStats } from './contract'

export const stats = endpoint(getStats, { read: findTotals })
