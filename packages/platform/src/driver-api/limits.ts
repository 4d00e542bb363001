import { isIPv6 } from 'node:net'
import { tooMany } from '../operator/problem.js'
import { Attempts } from '../web/attempts.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Calls a driver who is signed in may make in a minute. */
const CALLS_OF_DRIVER = 1200

/** Part of an IPv6 address that belongs to one customer: its first four groups. */
const GROUPS_OF_NETWORK = 4

const groupsOf = (part: string): readonly string[] => part.split(':').filter((group) => group !== '')

/** Whom an address is counted as: everybody in the IPv6 network of one customer is one. */
export const networkOf = (address: string): string => {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')]
  const missing = tail === undefined ? 0 : 8 - before.length - after.length
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  return groups.slice(0, GROUPS_OF_NETWORK).join(':')
}

/** What callers of the driver API may do how often, on this node. */
export interface DriverLimits {
  /** Counts a call. Throws 429. */
  call(caller: { readonly driverId: string } | { readonly address: string }): void
  /** Counts a request for a code. Throws 429. */
  code(wanted: { readonly address: string; readonly email: string }): void
  /** Lets sign in who has not failed too often; `failed` counts. Throws 429. */
  readonly signIn: { check(address: string): void; failed(address: string): void }
  /** Counts a problem report. Throws 429. */
  report(driverId: string): void
}

const CALLERS = 10_000

/** Limits in bounded memory: when too many callers are counted at once, the oldest are forgotten. */
export const createDriverLimits = (now: () => number, callsPerMinute: number): DriverLimits => {
  const window = (attempts: number, windowMs: number): Attempts =>
    new Attempts(now, { attempts, windowMs, addresses: CALLERS })
  const [strangers, drivers] = [window(callsPerMinute, MINUTE_MS), window(CALLS_OF_DRIVER, MINUTE_MS)]
  const codes = {
    ofAddress: window(20, 10 * MINUTE_MS),
    ofMail: window(3, 10 * MINUTE_MS),
    ofMailDaily: window(20, DAY_MS),
  }
  const failures = window(30, 10 * MINUTE_MS)
  const reports = window(30, HOUR_MS)
  const refuse = (waitMs: number, detail: string): void => {
    if (waitMs > 0) throw tooMany(waitMs, detail)
  }
  return {
    call(caller) {
      const waitMs =
        'driverId' in caller ? drivers.take(caller.driverId) : strangers.take(networkOf(caller.address))
      refuse(waitMs, 'Too many calls in a minute. Wait, then go on.')
    },
    code({ address, email }) {
      const mail = email.toLowerCase()
      refuse(
        codes.ofAddress.take(networkOf(address)),
        'Too many codes were asked for from here. Wait, then try again.',
      )
      // A caller in a hurry uses up ten minutes of an address, not its day.
      const waitMs = codes.ofMail.take(mail) || codes.ofMailDaily.take(mail)
      refuse(waitMs, 'Too many codes were asked for this address. Wait, then try again.')
    },
    signIn: {
      check: (address) =>
        refuse(
          failures.waitMs(networkOf(address)),
          'Too many failed sign-ins from here. Wait, then try again.',
        ),
      failed: (address) => failures.record(networkOf(address)),
    },
    report: (driverId) =>
      refuse(reports.take(driverId), 'Too many problem reports in an hour. Wait, then try again.'),
  }
}
