/** The page about the app. */
export const about = {
  title: 'About this app',
  party: 'Provider id',
  version: 'Version',
  help: 'Help',
  help_text: 'Something does not work? Report it, or get in touch:',
  help_none: 'Something does not work? Report it here; your provider sees it.',
  privacy: 'On this device',
  privacy_text:
    'The app keeps what you saw last, so that it works without a connection. Signing out deletes it. One cookie keeps you signed in; there is no advertising and no tracking, and nothing is fetched from elsewhere unless your provider set up a map service.',
  thanks: 'Made with',
  thanks_text: 'Interwatt, the open roaming platform. Outlines of countries: Natural Earth.',
} as const
