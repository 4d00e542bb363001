import { about } from './about/en.js'
import { account } from './account/en.js'
import { charging } from './charging/en.js'
import { frame } from './frame/en.js'
import { problems } from './problems/en.js'
import { report } from './report/en.js'
import { signIn } from './sign-in/en.js'
import { stations } from './stations/en.js'
import { vehicles } from './vehicles/en.js'

/** All texts in English, by part of the app. They are what the other languages have to answer. */
export const english = {
  about,
  account,
  charging,
  frame,
  problems,
  report,
  signIn,
  stations,
  vehicles,
} as const
