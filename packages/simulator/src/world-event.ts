/**
 * Everything a spectator can see, in the order in which it happens. `at` is virtual time, ISO text; `emsp` is the party of
 * the eMSP whose driver or door it is about, such as `NL*IWM`.
 */
export type WorldEvent = { readonly at: string } & (
  | {
      readonly type: 'world.ready'
      readonly locations: number
      readonly evses: number
      readonly drivers: number
    }
  | {
      readonly type: 'evse.status'
      readonly evse: string
      readonly from: string
      readonly to: string
      readonly cause: string
    }
  | { readonly type: 'evse.fault'; readonly evse: string; readonly until: string }
  | { readonly type: 'evse.repair'; readonly evse: string }
  | {
      readonly type: 'driver.plugged'
      readonly driver: string
      readonly car: string
      readonly evse: string
      readonly socPercent: number
    }
  | {
      readonly type: 'driver.left'
      readonly driver: string
      readonly evse: string | undefined
      readonly reason: string
    }
  | { readonly type: 'card.tapped'; readonly driver: string; readonly evse: string }
  | {
      readonly type: 'authorization'
      readonly tokenUid: string
      readonly evse: string
      readonly allowed: string
      readonly reason: string
    }
  | {
      readonly type: 'command.sent'
      readonly command: string
      readonly driver: string
      readonly id: string
      readonly emsp?: string
    }
  | {
      readonly type: 'command.answered'
      readonly command: string
      readonly id: string
      readonly result: string
      readonly fate: 'prompt' | 'late' | 'silent'
    }
  | {
      readonly type: 'command.finished'
      readonly command: string
      readonly id: string
      readonly result: string
      readonly emsp?: string
    }
  | {
      readonly type: 'session.started'
      readonly session: string
      readonly evse: string
      readonly tokenUid: string
      readonly by: 'card' | 'command' | 'reservation'
      readonly emsp?: string
    }
  | {
      readonly type: 'session.metered'
      readonly session: string
      readonly kwh: number
      readonly powerKw: number
      readonly socPercent: number
      /** Net and gross so far, in the currency; undefined when the tariff does not say. */
      readonly net: number | undefined
      readonly gross: number | undefined
      readonly currency: string
    }
  | {
      /** What a charging station said to a charging profile; `none` when it stayed silent. */
      readonly type: 'profile.answered'
      readonly request: string
      readonly session: string
      readonly result: string
    }
  | {
      /** What became of a request of the smart-charging provider. */
      readonly type: 'steering.asked'
      readonly request: 'SET' | 'CLEAR'
      readonly session: string
      readonly result: string
    }
  | {
      /** Average power of a session before the limit and under it, as the provider reads it from the energy. */
      readonly type: 'steering.effect'
      readonly session: string
      readonly unit: 'W' | 'A'
      readonly limit: number
      readonly beforeW: number
      readonly duringW: number
    }
  | {
      /** A driver said how to charge, and the station does so. */
      readonly type: 'session.preferred'
      readonly session: string
      /** ProfileType. */
      readonly profile: string
      readonly powerPercent: number
    }
  | { readonly type: 'session.parked'; readonly session: string }
  | {
      readonly type: 'session.ended'
      readonly session: string
      readonly kwh: number
      readonly reason: string
    }
  | {
      readonly type: 'cdr.written'
      readonly cdr: string
      readonly session: string
      readonly kwh: number
      readonly net: number
      readonly gross: number
      readonly currency: string
      /** How the operator overcharges with it; undefined when it does not. */
      readonly fault: string | undefined
    }
  | {
      readonly type: 'cdr.received'
      readonly cdr: string
      readonly net: number
      readonly gross: number
      readonly currency: string
      /** Own calculation, net; undefined when it was not possible. */
      readonly ownNet: number | undefined
      readonly agrees: boolean
      /** What stands against it; empty when it agrees. */
      readonly objections: readonly { readonly code: string; readonly message: string }[]
      /** How the operator seems to overcharge; undefined when no known way explains it. */
      readonly fault: string | undefined
      readonly emsp?: string
    }
  | {
      readonly type: 'booking.requested'
      readonly driver: string
      readonly evse: string
      /** Begin of the slot, real time. */
      readonly from: string
    }
  | { readonly type: 'booking.granted'; readonly booking: string }
  | {
      readonly type: 'booking.answered'
      readonly driver: string
      readonly evse: string
      /** ReservationStatus. */
      readonly status: string
    }
  | {
      readonly type: 'booking.used'
      readonly driver: string
      readonly booking: string
      readonly status: string
      /** The CDR that names the booking, as the eMSP received it. */
      readonly cdr: string | undefined
    }
  | {
      /** A way in which a charge fails is acted out. */
      readonly type: 'fault.made'
      readonly fault: string
      readonly causedBy: string
      readonly does: string
      readonly evse: string
    }
  | {
      /** What the node says about it, and whether that is the right cause. */
      readonly type: 'fault.explained'
      readonly fault: string
      readonly causedBy: string
      readonly does: string
      /** Codes of the right cause, in this order. */
      readonly expected: readonly string[]
      /** Code that was given; undefined when there was none. */
      readonly code: string | undefined
      /** What the driver reads, in English. */
      readonly driver: string | undefined
      /** What support reads, or why the fault could not be acted out. */
      readonly support: string | undefined
      readonly explained: boolean
    }
  /** A door did not answer as expected; the world goes on. */
  | {
      readonly type: 'trouble'
      readonly door: 'cpo' | 'emsp'
      readonly doing: string
      readonly reason: string
      readonly emsp?: string
    }
)

/** Distributes over the union, so that every kind keeps its own fields. */
type WithoutTime<E> = E extends unknown ? Omit<E, 'at'> : never

/** A WorldEvent before it got its time. */
export type Happening = WithoutTime<WorldEvent>

/** Where happenings are reported; never throws. */
export type Tell = (happening: Happening) => void
