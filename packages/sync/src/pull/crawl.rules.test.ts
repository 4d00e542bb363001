import { expect, test } from 'vitest'
import { planNextPage } from './crawl.rules.js'

const link = 'https://p.example/locations?limit=10&offset=20'
const position = { pages: 2, total: 30, visited: new Set(['https://p.example/locations?limit=10&offset=10']) }

test.each([
  [
    'follows the link as it is (TRN-071)',
    { next: link, total: 30 },
    { kind: 'follow', url: link, complete: true },
  ],
  [
    'ignores a growing total (TRN-073)',
    { next: link, total: 31 },
    { kind: 'follow', url: link, complete: true },
  ],
  [
    'ends without a link (TRN-072)',
    { next: undefined, total: 30 },
    { kind: 'end', complete: true, reason: 'last page' },
  ],
  [
    'ends on a link it followed before (TRN-072)',
    { next: 'https://p.example/locations?limit=10&offset=10', total: 30 },
    { kind: 'end', complete: false, reason: 'repeated link' },
  ],
  [
    'goes back by what vanished when the total shrank (TRN-074)',
    { next: link, total: 28 },
    { kind: 'follow', url: 'https://p.example/locations?limit=10&offset=18', complete: true },
  ],
  [
    'trusts another cursor, but retires nothing after the total shrank',
    { next: 'https://p.example/locations?cursor=abc', total: 28 },
    { kind: 'follow', url: 'https://p.example/locations?cursor=abc', complete: false },
  ],
  [
    'retires nothing when the total shrank on the last page',
    { next: undefined, total: 29 },
    { kind: 'end', complete: false, reason: 'last page' },
  ],
  ['works without totals', { next: link, total: undefined }, { kind: 'follow', url: link, complete: true }],
] as const)('%s', (_what, page, step) => {
  expect(planNextPage(position, page, 100)).toEqual(step)
})

test('ends at the page limit', () => {
  expect(planNextPage({ ...position, pages: 100 }, { next: link, total: 30 }, 100)).toMatchObject({
    kind: 'end',
    complete: false,
  })
})
