/**
 * What goes wrong at an EVSE when somebody from outside starts there; everything left out goes well. Times are real
 * milliseconds.
 */
export interface Misbehaviour {
  /** Result that is reported instead of doing anything (CommandResultType), with the operator's words. */
  readonly answers?: { readonly result: string; readonly message?: string }
  /** No result is ever reported. `idle`: the charger is offline and does nothing; `acts`: it does what it was told. */
  readonly silent?: 'idle' | 'acts'
  /** Nobody ever plugs in. */
  readonly noCable?: true
  /** The car is plugged in and takes nothing. */
  readonly carRefuses?: true
  /** Time until the node is told of the session. */
  readonly sessionDelayMs?: number
  /** Time of charging after which it breaks off: the EVSE fails, or the power of the whole location. */
  readonly breaksOff?: { readonly afterMs: number; readonly what: 'fault' | 'power' }
  /** The charger goes on when it is told to stop. */
  readonly refusesStop?: true
  /** The CDR is never written, so much later, or dearer than the tariff says. */
  readonly cdr?: 'none' | 'dear' | { readonly delayMs: number }
}
