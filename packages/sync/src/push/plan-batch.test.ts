import { keyText, type StoredObject } from '@interwatt/store'
import { expect, test } from 'vitest'
import { evseRow, locationRow } from '../testing/rows.js'
import { type BatchUnit, type BatchView, nextBatchSize, planBatch } from './plan-batch.js'

const view = (
  fields: Partial<BatchView> & { readonly parents?: readonly StoredObject[] } = {},
): BatchView => {
  const { parents = [], ...rest } = fields
  return {
    module: 'locations',
    cursor: 10,
    reach: () => ({ kind: 'push', to: [{ countryCode: 'NL', partyId: 'EXA' }] }),
    copy: (row) => ({
      cursor: 10,
      holdsPrevious: row.previousSeq > 0 && row.previousSeq <= 10,
      takesPatch: true,
    }),
    location: (key) => parents.find((parent) => keyText(parent.key) === keyText(key)),
    delivered: () => false,
    ...rest,
  }
}

const shape = (units: readonly BatchUnit[]): readonly string[] =>
  units.map((unit) =>
    unit.map(({ row, plan, covers }) => `${plan.kind} ${row.key.id}+${covers.length}`).join(', '),
  )

const changed = (seq: number, ...fields: string[]): Partial<StoredObject> => ({
  createdSeq: 1,
  changedSeq: seq,
  previousSeq: 5,
  changedFields: fields,
})

test('a new location carries the EVSE rows of its batch', () => {
  const rows = [locationRow('L1', 11), evseRow('L1', 'E1', 12), evseRow('L1', 'E2', 13)]
  expect(shape(planBatch(rows, view()))).toEqual(['put L1+2'])
})

test('a patched location goes before its EVSEs, in one unit', () => {
  const rows = [evseRow('L1', 'E1', 11, changed(11, 'status')), locationRow('L1', 12, changed(12, 'name'))]
  expect(shape(planBatch(rows, view()))).toEqual(['patch L1+0, patch L1/E1+0'])
})

test('EVSEs of one location go one after the other, those of others at the same time', () => {
  const parents = [locationRow('L1', 1), locationRow('L2', 2)]
  const rows = [
    evseRow('L1', 'E1', 11, changed(11, 'status')),
    evseRow('L2', 'E1', 12, changed(12, 'status')),
    evseRow('L1', 'E2', 13, changed(13, 'status')),
  ]
  expect(shape(planBatch(rows, view({ parents })))).toEqual(['patch L1/E1+0, patch L1/E2+0', 'patch L2/E1+0'])
})

test('an EVSE whose location comes later whole is left to it', () => {
  const parents = [locationRow('L1', 11, { createdSeq: 11, changedSeq: 99 })]
  expect(planBatch([evseRow('L1', 'E1', 12)], view({ parents }))).toEqual([])
})

test('an EVSE of a location the partner has goes, though the location changes again later', () => {
  const parents = [locationRow('L1', 1, { createdSeq: 1, changedSeq: 99 })]
  expect(shape(planBatch([evseRow('L1', 'E1', 12)], view({ parents })))).toEqual(['put L1/E1+0'])
})

test('what was delivered ahead of the cursor is not sent again', () => {
  const rows = [locationRow('L1', 11), locationRow('L2', 12)]
  const delivered = (row: StoredObject) => row.key.id === 'L1'
  expect(shape(planBatch(rows, view({ delivered })))).toEqual(['put L2+0'])
})

test('the location decides for its EVSEs who gets them', () => {
  const parents = [locationRow('L1', 1)]
  const reach: BatchView['reach'] = (row) =>
    row.key.kind === 'location' ? { kind: 'none', reason: 'x' } : { kind: 'push', to: [] }
  expect(planBatch([evseRow('L1', 'E1', 12)], view({ parents, reach }))).toEqual([])
})

test('batches grow while they are quick and shrink when they take long', () => {
  expect(nextBatchSize(64, 10)).toBe(128)
  expect(nextBatchSize(512, 10)).toBe(512)
  expect(nextBatchSize(64, 1_000)).toBe(64)
  expect(nextBatchSize(64, 5_000)).toBe(32)
  expect(nextBatchSize(8, 60_000)).toBe(8)
})
