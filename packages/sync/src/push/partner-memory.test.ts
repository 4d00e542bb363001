import { expect, test } from 'vitest'
import { locationRow } from '../testing/rows.js'
import { PartnerMemory } from './partner-memory.js'

const memory = (): PartnerMemory => {
  const made = new PartnerMemory(100)
  made.learnRefusals([])
  return made
}
const changed = (seq: number, previousSeq: number) => locationRow('L1', seq, { previousSeq })

test('the previous state is held when it was the last one delivered', () => {
  const known = memory()
  known.recordDelivered(changed(5, 0))
  expect(known.holdsPrevious('locations', changed(9, 5))).toBe(true)
  expect(known.holdsPrevious('locations', changed(9, 7))).toBe(false)
})

test('a cursor above the previous state proves nothing: it may have been passed unsent', () => {
  const known = memory()
  known.enter('locations', 40)
  expect(known.holdsPrevious('locations', changed(50, 5))).toBe(false)
})

test('everything below a settled cursor is held', () => {
  const known = memory()
  known.settle('locations', 40)
  expect(known.holdsPrevious('locations', changed(50, 5))).toBe(true)
  expect(known.holdsPrevious('locations', changed(60, 50))).toBe(false)
  expect(known.holdsPrevious('locations', changed(50, 0))).toBe(false)
})

test('a refused state is not held, though the cursor passed it', () => {
  const known = memory()
  known.recordDelivered(changed(5, 0))
  known.recordRefused(changed(9, 5), 'no')
  known.settle('locations', 40)
  expect(known.holdsPrevious('locations', changed(50, 9))).toBe(false)
  known.recordDelivered(changed(50, 9))
  expect(known.holdsPrevious('locations', changed(60, 50))).toBe(true)
})

test('nothing is held while refusals are not known', () => {
  const known = memory()
  known.settle('locations', 40)
  known.rest()
  expect(known.holdsPrevious('locations', changed(50, 5))).toBe(false)
})

test('an attempt of unknown outcome is repeated as a PUT', () => {
  const known = memory()
  known.settle('locations', 40)
  known.recordFailed(changed(50, 5))
  expect(known.holdsPrevious('locations', changed(50, 5))).toBe(false)
})

test('a cursor that went back forgets everything: a resync', () => {
  const known = memory()
  known.enter('locations', 40)
  known.recordDelivered(changed(5, 0))
  known.enter('locations', 0)
  expect(known.hasDelivered(changed(5, 0))).toBe(false)
})

test('evidence counts deliveries of others since the first failure, and starts anew for a new state', () => {
  const known = memory()
  expect(known.recordFailed(changed(5, 0))).toEqual({ attempts: 1, othersDelivered: 0 })
  known.recordDelivered(locationRow('L2', 6))
  expect(known.recordFailed(changed(5, 0))).toEqual({ attempts: 2, othersDelivered: 1 })
  expect(known.recordFailed(changed(8, 5))).toEqual({ attempts: 1, othersDelivered: 0 })
})
