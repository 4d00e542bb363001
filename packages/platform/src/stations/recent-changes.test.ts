import { expect, test } from 'vitest'
import { readBox } from './box.js'
import { RecentChanges } from './recent-changes.js'

const read = readBox({ west: 13, south: 52, east: 14, north: 53 })
if (read.kind === 'wrong') throw new Error(read.why)
const { area } = read
const inside = { lat: 525_000_000, lon: 134_000_000 }
const outside = { lat: 480_000_000, lon: 115_000_000 }

test('a change counts for those who asked before it and look at its place', () => {
  const changes = new RecentChanges(10)
  changes.add(12, inside)
  changes.add(15, outside)
  expect([11, 12, 15].map((seq) => changes.anyAfter(seq, area))).toEqual([true, false, false])
})

test('whoever asked before what is remembered may have missed something', () => {
  const changes = new RecentChanges(10)
  expect([changes.anyAfter(9, area), changes.anyAfter(10, area)]).toEqual([true, false])
  for (let seq = 11; seq < 70_000; seq += 1) changes.add(seq, outside)
  expect(changes.anyAfter(100, area)).toBe(true)
  expect(changes.anyAfter(69_000, area)).toBe(false)
})
