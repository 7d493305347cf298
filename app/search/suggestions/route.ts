import { answerSuggestions } from '@/lib/search/suggest/answer'

export const GET = answerSuggestions
