import type { Catalogue } from '../catalogue.js'

/** The page about the app. */
export const about: Catalogue['about'] = {
  title: 'Over deze app',
  party: 'Aanbieder-ID',
  version: 'Versie',
  help: 'Hulp',
  help_text: 'Werkt er iets niet? Meld het of neem contact op:',
  help_none: 'Werkt er iets niet? Meld het hier; je aanbieder ziet het.',
  privacy: 'Op dit apparaat',
  privacy_text:
    'De app bewaart wat je het laatst zag, zodat hij zonder verbinding werkt. Uitloggen verwijdert het. Eén cookie houdt je ingelogd; er is geen reclame en geen tracking, en er wordt niets van elders geladen, tenzij je aanbieder een kaartdienst gebruikt.',
  thanks: 'Gemaakt met',
  thanks_text: 'Interwatt, het open roamingplatform. Omtrekken van landen: Natural Earth.',
}
