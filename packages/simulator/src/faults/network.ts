/**
 * What becomes of a request on its way: the connection is cut, no answer ever comes, or somebody in between answers, by HTTP alone or
 * with a status code of OCPI.
 */
export type NetworkTrouble = 'cut' | 'hang' | { readonly http: number } | { readonly ocpi: number }

/** Which requests meet trouble: those to this side whose address or body contains the text. */
export interface Disturbance {
  readonly toward: 'cpo' | 'emsp'
  readonly containing: string
  readonly trouble: NetworkTrouble
}

/** The way between two platforms, as far as it can be disturbed. */
export interface TroubledNetwork {
  /** Holds from now on. */
  disturb(disturbance: Disturbance): void
}
