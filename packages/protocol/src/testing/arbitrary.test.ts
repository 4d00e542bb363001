import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { objectNames, schemaOf } from '../json-schema/index.js'
import { checkDocument, parseDocument } from '../validation/index.js'
import { arbitraryOf, patchOf } from './arbitrary.js'

describe.each(['2.2.1', '2.3.0'] as const)('generated documents of %s', (version) => {
  it.each(objectNames(version))(
    '%s: a valid document has no findings and comes back as the same object',
    (name) => {
      const schema = schemaOf(version, name)
      if (schema?.kind !== 'object') throw new Error(`no object ${name}`)
      const documents = arbitraryOf(schema, { vendorFields: true, openValues: true })
      fc.assert(
        fc.property(documents, (document) => {
          expect(checkDocument(schema, document, 'whole')).toEqual([])
          const read = parseDocument(schema, document, 'whole')
          expect(read.findings).toEqual([])
          expect(read.ok && read.value === document).toBe(true)
        }),
        { numRuns: 40 },
      )
    },
  )

  it.each(['Location', 'EVSE', 'Tariff', 'Token', 'Session'])('%s: a valid patch has no findings', (name) => {
    const schema = schemaOf(version, name)
    if (schema?.kind !== 'object') throw new Error(`no object ${name}`)
    fc.assert(
      fc.property(patchOf(schema, { nulls: true }), (patch) => {
        const read = parseDocument(schema, patch, 'patch')
        expect(read).toEqual({ ok: true, value: patch, findings: [] })
      }),
      { numRuns: 40 },
    )
  })
})
