import { about } from './about/de.js'
import { account } from './account/de.js'
import type { Catalogue } from './catalogue.js'
import { charging } from './charging/de.js'
import { frame } from './frame/de.js'
import { problems } from './problems/de.js'
import { report } from './report/de.js'
import { signIn } from './sign-in/de.js'
import { stations } from './stations/de.js'
import { vehicles } from './vehicles/de.js'

/** All texts in German, by part of the app. */
export const german: Catalogue = {
  about,
  account,
  charging,
  frame,
  problems,
  report,
  signIn,
  stations,
  vehicles,
}
