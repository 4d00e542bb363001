/** First segments of the addresses of pages; the first page is at `/`. The node answers 404 for everything else. */
export const pageNames = [
  'partners',
  'conversation',
  'locations',
  'sessions',
  'cdrs',
  'tariffs',
  'tokens',
  'commands',
  'drivers',
  'problem-reports',
  'events',
  'keys',
] as const

/** One of them. */
export type PageName = (typeof pageNames)[number]
