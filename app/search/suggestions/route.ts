import { answerSuggestions } from '@/lib/search/suggest/response'

export const GET = answerSuggestions
