import { GONE, type Lens } from './lens.js'

/** A document that the older version does not have: it is withheld from it, with this reason. */
export const newerDocument = (reason: string): Lens => ({
  keepsShape: true,
  declares: [{ direction: 'down', pointer: '', reason }],
  up: (value) => value,
  down(_value, at, crossing) {
    crossing.goneBecause = reason
    crossing.goneAt = at
    return GONE
  },
})
