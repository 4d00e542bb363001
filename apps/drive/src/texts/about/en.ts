/** The page about the app. */
export const about = {
  title: 'About',
} as const
