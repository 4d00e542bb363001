/** What an EVSE of the world can be; the names are those of OCPI. */
export type EvseStatus = 'AVAILABLE' | 'BLOCKED' | 'CHARGING' | 'OUTOFORDER' | 'RESERVED'

export interface EvseState {
  readonly status: EvseStatus
  /** Id of the car that is plugged in. */
  readonly carId: string | undefined
  /** Id of the reservation that keeps it free. */
  readonly reservationId: string | undefined
  /** Id of the car that it waits for: started, and its cable is not plugged in yet. Its status stays as it is. */
  readonly keptFor?: string | undefined
}

export type EvseMove =
  | { readonly kind: 'plugIn'; readonly carId: string; readonly reservationId?: string | undefined }
  | { readonly kind: 'unplug' }
  | { readonly kind: 'keep'; readonly carId: string; readonly reservationId?: string | undefined }
  | { readonly kind: 'giveUp' }
  | { readonly kind: 'reserve'; readonly reservationId: string }
  | { readonly kind: 'release' }
  | { readonly kind: 'fault' }
  | { readonly kind: 'repair' }
  | { readonly kind: 'block' }
  | { readonly kind: 'clear' }

export type Moved =
  | { readonly kind: 'moved'; readonly state: EvseState }
  | { readonly kind: 'refused'; readonly reason: string }

export const FREE: EvseState = { status: 'AVAILABLE', carId: undefined, reservationId: undefined }

const moved = (state: EvseState): Moved => ({ kind: 'moved', state })
const refused = (reason: string): Moved => ({ kind: 'refused', reason })

const plugIn = (state: EvseState, carId: string, reservationId: string | undefined): Moved => {
  if (state.keptFor !== undefined)
    return state.keptFor === carId
      ? moved({ ...FREE, status: 'CHARGING', carId })
      : refused('kept for somebody else')
  if (state.status === 'AVAILABLE') return moved({ ...FREE, status: 'CHARGING', carId })
  if (state.status !== 'RESERVED') return refused(state.status)
  return reservationId !== undefined && state.reservationId === reservationId
    ? moved({ ...FREE, status: 'CHARGING', carId })
    : refused('reserved for somebody else')
}

/** Free, or reserved for the one who comes. */
const keep = (state: EvseState, carId: string, reservationId: string | undefined): Moved => {
  if (state.keptFor !== undefined) return refused('kept for somebody else')
  if (state.status === 'AVAILABLE') return moved({ ...FREE, keptFor: carId })
  if (state.status !== 'RESERVED') return refused(state.status)
  return reservationId !== undefined && state.reservationId === reservationId
    ? moved({ ...state, keptFor: carId })
    : refused('reserved for somebody else')
}

/** The next state, or why the move is not possible now. A fault ends everything else; a car stays plugged in. */
export const moveEvse = (state: EvseState, move: EvseMove): Moved => {
  switch (move.kind) {
    case 'plugIn':
      return plugIn(state, move.carId, move.reservationId)
    case 'unplug':
      if (state.carId === undefined) return refused('no car')
      return moved(state.status === 'OUTOFORDER' ? { ...state, carId: undefined } : FREE)
    case 'keep':
      return keep(state, move.carId, move.reservationId)
    case 'giveUp':
      return state.keptFor === undefined ? refused('not kept') : moved(FREE)
    case 'reserve':
      if (state.keptFor !== undefined) return refused('kept for somebody')
      if (state.status !== 'AVAILABLE') return refused(state.status)
      return moved({ ...FREE, status: 'RESERVED', reservationId: move.reservationId })
    case 'release':
      return state.status === 'RESERVED' ? moved(FREE) : refused('not reserved')
    case 'fault':
      if (state.status === 'OUTOFORDER') return refused('already out of order')
      return moved({ status: 'OUTOFORDER', carId: state.carId, reservationId: undefined })
    case 'repair':
      if (state.status !== 'OUTOFORDER') return refused('not out of order')
      return moved(state.carId === undefined ? FREE : { ...state, status: 'CHARGING' })
    case 'block':
      return state.status === 'AVAILABLE' && state.keptFor === undefined
        ? moved({ ...FREE, status: 'BLOCKED' })
        : refused(state.status)
    case 'clear':
      return state.status === 'BLOCKED' ? moved(FREE) : refused('not blocked')
  }
}
