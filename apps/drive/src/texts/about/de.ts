import type { Catalogue } from '../catalogue.js'

/** The page about the app. */
export const about: Catalogue['about'] = {
  title: 'Über diese App',
  party: 'Anbieterkennung',
  version: 'Version',
  help: 'Hilfe',
  help_text: 'Etwas klappt nicht? Melden Sie es oder nehmen Sie Kontakt auf:',
  help_none: 'Etwas klappt nicht? Melden Sie es hier; Ihr Anbieter sieht es.',
  privacy: 'Auf diesem Gerät',
  privacy_text:
    'Die App behält, was Sie zuletzt gesehen haben, damit sie ohne Verbindung funktioniert. Beim Abmelden wird es gelöscht. Ein Cookie hält Sie angemeldet; es gibt keine Werbung und kein Tracking, und von anderswo wird nichts geladen, außer Ihr Anbieter nutzt einen Kartendienst.',
  thanks: 'Gemacht mit',
  thanks_text: 'Interwatt, der offenen Roaming-Plattform. Umrisse der Länder: Natural Earth.',
}
