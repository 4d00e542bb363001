import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { START_FAULTS } from '@interwatt/simulator'
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

interface Failed {
  readonly fault: string
  readonly expected: readonly string[]
  readonly code: string | null
  readonly driver: string | null
  readonly support: string | null
  readonly explained: boolean
}

describe('interwatt demo --faults all', () => {
  it(
    'ends well only because the nodes name the right cause of every charge that failed',
    async () => {
      const options = ['--faults', 'all', '--sessions', '1', '--fresh', '--timeout', '110']
      const port = String(FIRST_PORT + 50)
      const { code, out, err } = await runDemo([...options, '--data-dir', folder, '--port', port])
      expect(out, err).not.toBe('')
      const { ok, reason, this_run: run } = JSON.parse(out)
      const failed: readonly Failed[] = run.start_faults
      const wrong = failed.filter(({ explained }) => !explained)
      expect(wrong).toEqual([])
      expect(failed.map(({ fault }) => fault).toSorted()).toEqual(
        START_FAULTS.map(({ name }) => name).toSorted(),
      )
      for (const { expected, code: said, driver, support } of failed) {
        expect(said).toBe(expected.at(-1))
        expect([driver, support].every((text) => text?.endsWith('.'))).toBe(true)
      }
      expect({ code, ok, reason }).toEqual({ code: 0, ok: true, reason: null })
    },
    LIMIT_MS,
  )
})
