import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runDemo } from '../support/demo.js'

/** Where the search for free ports begins; far from what people run. */
const FIRST_PORT = 28_500
const LIMIT_MS = 150_000

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interwatt-demo-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('interwatt demo --card-payments', () => {
  it(
    'lets cards pay at a terminal that was activated, to the cent, and CPO and provider hold the same (PAY-015, PAY-021 to PAY-024)',
    async () => {
      const options = ['--card-payments', '2', '--sessions', '1', '--speed', '900']
      const { code, out, err } = await runDemo([
        ...options,
        '--data-dir',
        folder,
        '--port',
        String(FIRST_PORT),
      ])
      expect(code, err).toBe(0)
      const summary = JSON.parse(out)
      expect(summary).toMatchObject({ ok: true, reason: null, agree: true, differences: [] })
      expect(summary.card_payments).toMatchObject({
        ocpi_version: '2.3.0',
        registered: true,
        wanted: 2,
        paid: 2,
        disputed: 0,
        agree: true,
        differences: [],
      })
      const { cpo, ptp } = summary.card_payments
      expect(cpo).toEqual({ ...ptp, party: summary.cpo.party })
      expect(ptp).toMatchObject({ party: 'AT*IWP', terminals: 1, confirmations: 2 })
      expect(ptp.cdrs).toBeGreaterThanOrEqual(2)
      expect(Number(ptp.captured.EUR)).toBeGreaterThan(0)
      // Card payers are nobody's drivers: their CDRs are none of the eMSP's.
      expect(summary.emsp.cdrs).toBe(summary.cpo.cdrs)
      expect(summary.this_run.cdrs_written).toBe(summary.this_run.cdrs_delivered)
    },
    LIMIT_MS,
  )
})
