import { decimal, type ocpi230, roundHalfUp, toText } from '@interwatt/protocol'
import type { WorldEvent } from '@interwatt/simulator'

/** One line of the live account. */
export interface AccountEntry {
  /** Who does something, or who says it to whom. */
  readonly who: string
  readonly text: string
  readonly tone: 'plain' | 'quiet' | 'good' | 'bad'
}

/** Turns what happens in the world into lines, in order; undefined for what is not worth one. */
export type Narrator = (event: WorldEvent) => AccountEntry | undefined

/** Between two meter lines of one session, in milliseconds. */
const METER_PAUSE_MS = 5_000

/** Two decimals, halves away from zero. */
const money = (amount: number): string => toText(roundHalfUp(decimal(amount), 2))
const tail = (uid: string): string => (uid.length > 6 ? `...${uid.slice(-6)}` : uid)

/** The address of each EVSE, by `location/uid`. */
export const placesOf = (locations: readonly ocpi230.Location[]): ReadonlyMap<string, string> =>
  new Map(
    locations.flatMap((location) =>
      (location.evses ?? []).map((evse) => [
        `${location.id}/${evse.uid}`,
        `${location.address} (${evse.uid.replace('BNETZA-', '')})`,
      ]),
    ),
  )

/** Short numbers for long ids, in order of first appearance. */
const createNumbers = () => {
  const numbers = new Map<string, number>()
  return (id: string): number => {
    const number = numbers.get(id) ?? numbers.size + 1
    numbers.set(id, number)
    return number
  }
}

/** Who does something, or who says it to whom, as long as nobody asks which eMSP. */
type Who = 'driver' | 'CPO' | 'eMSP' | 'CPO -> eMSP' | 'eMSP -> CPO'

const entry = (who: Who, text: string, tone: AccountEntry['tone'] = 'plain'): AccountEntry => ({
  who,
  text,
  tone,
})

const sayCommand = (event: Extract<WorldEvent, { command: string }>): AccountEntry | undefined => {
  switch (event.type) {
    case 'command.sent':
      return entry('eMSP -> CPO', `${event.command} for driver ${event.driver}`)
    case 'command.answered':
      return event.fate === 'silent'
        ? entry('CPO', `the station ignores a ${event.command}`, 'bad')
        : undefined
    case 'command.finished': {
      const tone = event.result === 'ACCEPTED' ? 'plain' : 'bad'
      return entry('CPO -> eMSP', `${event.command}: ${event.result}`, tone)
    }
  }
}

const saySteering = (
  event: Extract<WorldEvent, { type: 'profile.answered' | 'steering.asked' | 'steering.effect' }>,
  session: string,
): AccountEntry | undefined => {
  switch (event.type) {
    case 'profile.answered':
      return event.result === 'none'
        ? entry('CPO', `the station ignores a charging profile of ${session}`, 'bad')
        : undefined
    case 'steering.asked': {
      const wish = event.request === 'SET' ? 'a lower limit' : 'no limit any more'
      return entry(
        'eMSP -> CPO',
        `${wish} for ${session}: ${event.result}`,
        event.result === 'ACCEPTED' ? 'plain' : 'bad',
      )
    }
    case 'steering.effect': {
      const [before, during] = [event.beforeW, event.duringW].map((watts) => (watts / 1000).toFixed(1))
      return entry(
        'eMSP',
        `${session} took ${before} kW, under ${event.limit} ${event.unit} it took ${during} kW`,
        'good',
      )
    }
  }
}

type BookingEvent = Extract<WorldEvent, { readonly type: `booking.${string}` }>

const sayBooking = (event: BookingEvent, place: (key: string) => string): AccountEntry => {
  switch (event.type) {
    case 'booking.requested':
      return entry(
        'eMSP -> CPO',
        `${event.driver} books ${place(event.evse)} from ${event.from.slice(11, 19)}`,
      )
    case 'booking.granted':
      return entry('CPO', `grants booking ${tail(event.booking)}`)
    case 'booking.answered':
      return entry(
        'CPO -> eMSP',
        `booking of ${event.driver} at ${place(event.evse)}: ${event.status}`,
        event.status === 'RESERVED' ? 'good' : 'bad',
      )
    case 'booking.used': {
      const bill = event.cdr === undefined ? 'its CDR did not come' : 'its CDR names it'
      return entry('eMSP', `booking ${tail(event.booking)} is ${event.status}; ${bill}`, 'good')
    }
  }
}

const sayFault = (
  event: Extract<WorldEvent, { readonly type: 'fault.made' | 'fault.explained' }>,
  place: (key: string) => string,
): AccountEntry | undefined => {
  if (event.type === 'fault.made')
    return entry('CPO', `${event.fault} at ${place(event.evse)}: the ${event.causedBy} ${event.does}`, 'bad')
  const { fault, explained, support = 'nothing' } = event
  return entry('eMSP', `${fault}: ${support}`, explained ? 'good' : 'bad')
}

/** Events told to all eMSPs at once. */
const TO_ALL: readonly WorldEvent['type'][] = ['evse.status']

/** A second CDR of a session ends in x. */
const sessionOfCdr = (cdr: string): string => cdr.replace(/^cdr-(.*?)x?$/, 'ses-$1')

const sessionIn = (event: WorldEvent): string | undefined => {
  if ('session' in event) return event.session
  return event.type === 'cdr.received' ? sessionOfCdr(event.cdr) : undefined
}

/** Names the version of the eMSP that a line is about; `versions` is by its party, first the one that books. */
const namingVersions = (narrate: Narrator, versions: ReadonlyMap<string, string>): Narrator => {
  const [booking] = versions.keys()
  const emspOf = new Map<string, string>()
  return (event) => {
    const session = sessionIn(event)
    const told = 'emsp' in event ? event.emsp : event.type.startsWith('booking.') ? booking : undefined
    if (told !== undefined && session !== undefined) emspOf.set(session, told)
    const emsp = told ?? (session === undefined ? undefined : emspOf.get(session))
    const version = emsp === undefined ? undefined : versions.get(emsp)
    const said = narrate(event)
    if (said === undefined) return undefined
    if (TO_ALL.includes(event.type)) return { ...said, who: said.who.replace('eMSP', 'eMSPs') }
    return version === undefined ? said : { ...said, who: said.who.replace('eMSP', `eMSP ${version}`) }
  }
}

/** What stands against a CDR, in words: the way of overcharging it looks like, or the findings. */
const saidOf = ({ fault, objections }: WorldEvent & { readonly type: 'cdr.received' }): string => {
  if (fault !== undefined)
    return `. It looks as if the CPO ${fault} (${objections.map(({ code }) => code).join(', ')})`
  return objections.map(({ code, message }) => `; ${code}: ${message}`).join('')
}

/**
 * A narrator that names places by their address and sessions by small numbers, and eMSPs by their version where there
 * are several.
 */
export const createNarrator = (
  locations: readonly ocpi230.Location[],
  now: () => number = Date.now,
  versions: ReadonlyMap<string, string> = new Map(),
): Narrator => {
  const narrate = narratorOf(locations, now)
  return versions.size === 0 ? narrate : namingVersions(narrate, versions)
}

const narratorOf = (locations: readonly ocpi230.Location[], now: () => number): Narrator => {
  const places = placesOf(locations)
  const place = (key: string): string => places.get(key) ?? key
  const numberOf = createNumbers()
  const session = (id: string): string => `session ${numberOf(id)}`
  const meteredAt = new Map<string, number>()
  const meterIsDue = (id: string): boolean => {
    const due = now() - (meteredAt.get(id) ?? 0) >= METER_PAUSE_MS
    if (due) meteredAt.set(id, now())
    return due
  }
  return (event) => {
    switch (event.type) {
      case 'world.ready':
      case 'card.tapped':
        return undefined
      case 'evse.status':
        return entry('CPO -> eMSP', `${place(event.evse)}: ${event.from} -> ${event.to}`, 'quiet')
      case 'evse.fault':
        return entry('CPO', `${place(event.evse)} breaks down`, 'bad')
      case 'evse.repair':
        return entry('CPO', `${place(event.evse)} is repaired`)
      case 'driver.plugged':
        return entry(
          'driver',
          `${event.driver} plugs in at ${place(event.evse)}: ${event.car}, ${event.socPercent} % full`,
        )
      case 'driver.left':
        return event.reason === 'done'
          ? undefined
          : entry('driver', `${event.driver} drives on: ${event.reason}`, 'quiet')
      case 'authorization': {
        const tone = event.allowed === 'ALLOWED' ? 'plain' : 'bad'
        return entry(
          'CPO',
          `may card ${tail(event.tokenUid)} charge? ${event.allowed} (${event.reason})`,
          tone,
        )
      }
      case 'command.sent':
      case 'command.answered':
      case 'command.finished':
        return sayCommand(event)
      case 'profile.answered':
      case 'steering.asked':
      case 'steering.effect':
        return saySteering(event, session(event.session))
      case 'session.started': {
        const means = { card: 'by card', command: 'by app', reservation: 'as reserved' }[event.by]
        return entry('CPO -> eMSP', `${session(event.session)} starts ${means} at ${place(event.evse)}`)
      }
      case 'session.metered': {
        if (!meterIsDue(event.session)) return undefined
        const cost = event.gross === undefined ? '' : `, ${money(event.gross)} ${event.currency} so far`
        const meter = `${event.kwh.toFixed(1)} kWh at ${event.powerKw.toFixed(1)} kW, car at ${event.socPercent} %`
        return entry('CPO -> eMSP', `${session(event.session)}: ${meter}${cost}`, 'quiet')
      }
      case 'session.preferred':
        return entry(
          'CPO',
          `${session(event.session)} charges ${event.profile.toLowerCase()}: ${event.powerPercent} % of the power`,
        )
      case 'fault.made':
      case 'fault.explained':
        return sayFault(event, place)
      case 'session.parked':
        return entry('CPO', `${session(event.session)}: the car is content and still plugged in`, 'quiet')
      case 'session.ended':
        return entry(
          'CPO -> eMSP',
          `${session(event.session)} ends with ${event.kwh.toFixed(1)} kWh (${event.reason})`,
        )
      case 'cdr.written': {
        const price = `${money(event.net)} ${event.currency} net, ${money(event.gross)} with VAT`
        const fault = event.fault === undefined ? '' : `; the CPO ${event.fault}`
        return entry(
          'CPO -> eMSP',
          `CDR of ${session(event.session)}: ${event.kwh.toFixed(3)} kWh, ${price}${fault}`,
          event.fault === undefined ? 'good' : 'bad',
        )
      }
      case 'cdr.received': {
        const whose = `CDR of ${session(sessionOfCdr(event.cdr))}`
        if (event.agrees) return entry('eMSP', `${whose} received; own calculation agrees`, 'good')
        const own =
          event.ownNet === undefined ? 'not possible' : `${money(event.ownNet)} ${event.currency} net`
        return entry('eMSP', `${whose} received; own calculation: ${own}${saidOf(event)}`, 'bad')
      }
      case 'booking.requested':
      case 'booking.granted':
      case 'booking.answered':
      case 'booking.used':
        return sayBooking(event, place)
      case 'trouble':
        return entry(
          event.door === 'cpo' ? 'CPO' : 'eMSP',
          `trouble with ${event.doing}: ${event.reason}`,
          'bad',
        )
    }
  }
}
