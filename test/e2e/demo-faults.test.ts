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

interface Fault {
  readonly fault: string
  readonly named: string | null
  readonly found: boolean
  readonly findings: readonly string[]
}

describe('interwatt demo --faults billing', () => {
  it(
    'ends well only because the eMSP finds and names every way in which the CPO overcharges',
    async () => {
      const options = ['--faults', 'billing', '--sessions', '6', '--speed', '480']
      const { code, out, err } = await runDemo([
        ...options,
        '--data-dir',
        folder,
        '--port',
        String(FIRST_PORT),
      ])
      expect(code, err).toBe(0)
      const { ok, agree, this_run: run } = JSON.parse(out)
      expect({ ok, agree }).toEqual({ ok: true, agree: true })
      expect(run.cdrs_reconciled.cpo).toBe(run.cdrs_written)
      const faults: readonly Fault[] = run.billing_faults
      expect(new Set(faults.map(({ fault }) => fault)).size).toBeGreaterThan(3)
      for (const { findings } of faults) expect(findings.length).toBeGreaterThan(0)
      for (const { fault, named, found } of faults)
        expect({ named, found }).toEqual({ named: fault, found: true })
      expect(run.cdrs_disputed).toBe(faults.length)
    },
    LIMIT_MS,
  )
})
