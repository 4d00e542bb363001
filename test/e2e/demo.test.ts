import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runDemo } from '../support/demo.js'

/** Where the search for free ports begins; far from what people run. */
const FIRST_PORT = 28_300
const LIMIT_MS = 150_000

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interwatt-demo-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = () => runDemo(['--sessions', '1', '--data-dir', folder, '--port', String(FIRST_PORT)])

describe('interwatt demo', () => {
  it(
    'delivers CDRs that both sides agree on, and goes on with the same registration the next time',
    async () => {
      const first = await run()
      expect(first.code, first.err).toBe(0)
      const one = JSON.parse(first.out)
      expect(one).toMatchObject({ ok: true, reason: null, agree: true, differences: [] })
      expect(one.this_run).toMatchObject({ registered: true, cdrs_disputed: 0 })
      expect(one.this_run.cdrs_delivered).toBeGreaterThanOrEqual(1)
      const { cdrs_reconciled, cdrs_written, cdrs_delivered, billing_faults } = one.this_run
      expect(cdrs_reconciled).toEqual({ cpo: cdrs_written, emsp: cdrs_delivered })
      expect(billing_faults).toEqual([])
      expect(one.cpo.locations).toBeGreaterThan(250)
      expect(one.emsp).toMatchObject({
        locations: one.cpo.locations,
        evses: one.cpo.evses,
        cdrs: one.cpo.cdrs,
        totals: one.cpo.totals,
      })
      const second = await run()
      expect(second.code, second.err).toBe(0)
      const two = JSON.parse(second.out)
      expect(two).toMatchObject({ ok: true, agree: true, this_run: { registered: false } })
      expect(two.cpo.cdrs).toBeGreaterThan(one.cpo.cdrs)
      expect(two.this_run.pushes).toBeLessThan(one.this_run.pushes)
    },
    LIMIT_MS * 2,
  )
})
