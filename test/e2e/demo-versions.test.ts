import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runDemo } from '../support/demo.js'

/** Where the search for free ports begins; far from what people run. */
const FIRST_PORT = 28_400
const LIMIT_MS = 220_000

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interwatt-demo-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('interwatt demo --versions', () => {
  it(
    'delivers CDRs to an eMSP of each version, and every side holds the same world',
    async () => {
      const options = ['--versions', '--sessions', '3', '--data-dir', folder, '--port', String(FIRST_PORT)]
      const { code, out, err } = await runDemo(options)
      expect(code, err).toBe(0)
      const summary = JSON.parse(out)
      expect(summary).toMatchObject({ ok: true, reason: null, agree: true, differences: [] })
      expect(summary.this_run).toMatchObject({ registered: true, cdrs_disputed: 0, refused: 0 })
      expect(summary.emsps.map((emsp: { version: string }) => emsp.version)).toEqual([
        '2.3.0',
        '2.2.1',
        '2.1.1',
      ])
      expect(summary.emsp).toEqual(summary.emsps[0])
      const { locations, evses } = summary.cpo
      for (const emsp of summary.emsps) {
        const { tariffs, withheld } = emsp
        expect(emsp).toMatchObject({ registered: true, agree: true, locations, evses })
        expect(tariffs + withheld.length).toBe(summary.cpo.tariffs)
        expect(emsp.cdrs_delivered, emsp.version).toBeGreaterThanOrEqual(1)
        expect({ sessions: emsp.sessions, cdrs: emsp.cdrs, totals: emsp.totals }).toEqual(emsp.at_cpo)
      }
      const cdrs = summary.emsps.reduce((sum: number, emsp: { cdrs: number }) => sum + emsp.cdrs, 0)
      expect(cdrs).toBe(summary.cpo.cdrs)
      const [newest, newer, oldest] = summary.emsps
      const idsOf = ({ withheld }: { withheld: { id: string }[] }) => withheld.map(({ id }) => id).toSorted()
      expect([newest, newer, oldest].map(idsOf)).toEqual([[], [], ['SIM-CHEAP', 'SIM-FAST', 'SIM-GREEN']])
      expect(newer.totals.EUR.gross).not.toBeNull()
      expect(oldest).toMatchObject({ taxes_told: false, totals: { EUR: { gross: null } } })
      expect(oldest.crossing.with_losses).toBeGreaterThan(newer.crossing.with_losses)
    },
    LIMIT_MS,
  )
})
