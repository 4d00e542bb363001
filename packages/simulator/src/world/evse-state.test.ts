import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type EvseMove, type EvseState, FREE, moveEvse } from './evse-state.js'

const moves: readonly EvseMove[] = [
  { kind: 'plugIn', carId: 'A' },
  { kind: 'plugIn', carId: 'B', reservationId: 'R' },
  { kind: 'unplug' },
  { kind: 'reserve', reservationId: 'R' },
  { kind: 'release' },
  { kind: 'fault' },
  { kind: 'repair' },
  { kind: 'block' },
  { kind: 'clear' },
]

const after = (...done: readonly EvseMove[]): EvseState =>
  done.reduce<EvseState>((state, move) => {
    const result = moveEvse(state, move)
    return result.kind === 'moved' ? result.state : state
  }, FREE)

it('keeps cars, reservations and status consistent whatever happens', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moves), { maxLength: 30 }), (done) => {
      const state = after(...done)
      expect(state.reservationId !== undefined).toBe(state.status === 'RESERVED')
      if (state.status === 'CHARGING') expect(state.carId).toBeDefined()
      if (['AVAILABLE', 'BLOCKED', 'RESERVED'].includes(state.status)) expect(state.carId).toBeUndefined()
    }),
  )
})

it('lets only the one who reserved plug in', () => {
  const reserved = after({ kind: 'reserve', reservationId: 'R' })
  expect(moveEvse(reserved, { kind: 'plugIn', carId: 'A' }).kind).toBe('refused')
  expect(moveEvse(reserved, { kind: 'plugIn', carId: 'A', reservationId: 'R' }).kind).toBe('moved')
})

it('keeps the car at a broken EVSE and is free after repair only without it', () => {
  const broken = after({ kind: 'plugIn', carId: 'A' }, { kind: 'fault' })
  expect(broken).toMatchObject({ status: 'OUTOFORDER', carId: 'A' })
  expect(
    after({ kind: 'plugIn', carId: 'A' }, { kind: 'fault' }, { kind: 'unplug' }, { kind: 'repair' }),
  ).toEqual(FREE)
})
