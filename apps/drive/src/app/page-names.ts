/** First segments of the addresses of pages below `/drive`; the first page is at `/drive/`. The node answers 404 for everything else. */
export const pageNames = [
  'stations',
  'scan',
  'charging',
  'history',
  'account',
  'report',
  'about',
  'sign-in',
] as const

/** One of them. */
export type PageName = (typeof pageNames)[number]
