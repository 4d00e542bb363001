import type { Catalogue } from '../catalogue.js'

/** The page about the app. */
export const about: Catalogue['about'] = {
  title: 'Über die App',
}
