import type { Catalogue } from '../catalogue.js'

/** The page about the app. */
export const about: Catalogue['about'] = {
  title: 'Über diese App',
  party: 'Anbieterkennung',
  version: 'Version',
  help: 'Hilfe',
  help_text: 'Etwas klappt nicht? Melde es oder nimm Kontakt auf:',
  help_none: 'Etwas klappt nicht? Melde es hier; dein Anbieter sieht es.',
  privacy: 'Auf diesem Gerät',
  privacy_text:
    'Die App behält, was du zuletzt gesehen hast, damit sie ohne Verbindung funktioniert. Beim Abmelden wird es gelöscht. Ein Cookie hält dich angemeldet; es gibt keine Werbung und kein Tracking, und von anderswo wird nichts geladen, außer dein Anbieter nutzt einen Kartendienst.',
  thanks: 'Gemacht mit',
  thanks_text: 'Interwatt, der offenen Roaming-Plattform. Umrisse der Länder: Natural Earth.',
}
