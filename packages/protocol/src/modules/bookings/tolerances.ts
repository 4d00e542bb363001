import type { Tolerance } from '../../schema/index.js'

/** A status or reason that is not listed counts as UNKNOWN, which both enumerations have (BKG-038). */
export const otherwiseUnknown = (listed: readonly string[]): Tolerance => ({
  rule: 'BKG-038',
  note: 'is not in the enumeration; read as UNKNOWN',
  repair: (value) => {
    if (typeof value !== 'string' || !/^\w{1,50}$/.test(value) || listed.includes(value)) return undefined
    return listed.includes(value.toUpperCase()) ? value.toUpperCase() : 'UNKNOWN'
  },
})

const ROLE_OF: Readonly<Record<string, string>> = { SENDER: 'CPO', RECEIVER: 'EMSP' }

/** The type of `who_canceled` links to the roles of interfaces in one place; both spellings are understood (BKG-041). */
export const INTERFACE_AS_ROLE: Tolerance = {
  rule: 'BKG-041',
  note: 'names an interface; read as the role that offers it',
  repair: (value) =>
    typeof value === 'string' && Object.hasOwn(ROLE_OF, value) ? ROLE_OF[value] : undefined,
}
