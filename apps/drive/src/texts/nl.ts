import { about } from './about/nl.js'
import { account } from './account/nl.js'
import type { Catalogue } from './catalogue.js'
import { charging } from './charging/nl.js'
import { frame } from './frame/nl.js'
import { problems } from './problems/nl.js'
import { report } from './report/nl.js'
import { signIn } from './sign-in/nl.js'
import { stations } from './stations/nl.js'
import { vehicles } from './vehicles/nl.js'

/** All texts in Dutch, by part of the app. */
export const dutch: Catalogue = {
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
