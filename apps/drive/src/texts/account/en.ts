/** The account and its pages. */
export const account = {
  title: 'Account',
} as const
