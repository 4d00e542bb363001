import { about } from './about/fr.js'
import { account } from './account/fr.js'
import type { Catalogue } from './catalogue.js'
import { charging } from './charging/fr.js'
import { frame } from './frame/fr.js'
import { problems } from './problems/fr.js'
import { report } from './report/fr.js'
import { signIn } from './sign-in/fr.js'
import { stations } from './stations/fr.js'
import { vehicles } from './vehicles/fr.js'

/** All texts in French, by part of the app. */
export const french: Catalogue = {
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
