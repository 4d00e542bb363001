/** Reports of problems. */
export const report = {
  title: 'Report a problem',
} as const
