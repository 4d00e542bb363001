import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject } from '../json/json-object.js'
import { patchables } from '../patch/identity.js'
import { applyPatch } from '../patch/index.js'
import { lift, lower } from './crossing.js'
import { patchUnmapped } from './patch-remainder.js'
import { randomDocument, randomPatch, schemaIn } from './testing/random-document.js'
import { surroundingsOf } from './testing/surroundings.js'

const patched = ['evse', 'connector', 'token', 'session', 'location'] as const

const withIdentity = (
  name: (typeof patched)[number],
  patch: JsonObject,
  document: JsonObject,
): JsonObject => ({
  ...patch,
  ...Object.fromEntries(patchables[name].identity.map((field) => [field, document[field]])),
})

describe('the remainder after a PATCH', () => {
  const connector = (id: string, more: JsonObject = {}): JsonObject => ({ id, standard: 'CHADEMO', ...more })
  const sent: JsonObject = {
    id: 'L1',
    help_phone: 'own meaning',
    evses: [
      { uid: 'E1', parking: 'own meaning', connectors: [connector('1', { capabilities: 'own meaning' })] },
      { uid: 'E2', parking: 'kept', connectors: [connector('1')] },
    ],
  }

  it('matches a nested EVSE by uid and keeps what the PATCH does not name', () => {
    const patch = { evses: [{ uid: 'e1', parking: 'new meaning' }], help_phone: 'new' }
    const whole = lift('location', '2.2.1', sent, 'whole')
    const part = lift('location', '2.2.1', patch, 'patch')
    const stored = applyPatch('location', whole.document, part.document)
    const unmapped = patchUnmapped(whole.unmapped, patch, part.unmapped)
    const back = 'document' in stored && lower('location', '2.2.1', stored.document, 'whole', unmapped)
    const applied = applyPatch('location', sent, patch)
    expect(back).toMatchObject({ document: 'document' in applied && applied.document, losses: [] })
  })

  it('is null when nothing is left to keep', () => {
    const { unmapped } = lift('location', '2.2.1', { id: 'L1', help_phone: 'x' }, 'whole')
    expect(unmapped).not.toBeNull()
    expect(patchUnmapped(unmapped, { help_phone: null }, null)).toBeNull()
  })
})

/** A time zone that nobody stated follows from country and place, which a PATCH alone does not tell. */
const withStatedZone = (sent: JsonObject, { time_zone: zone, ...rest }: JsonObject): JsonObject =>
  sent.time_zone === undefined ? rest : { ...rest, time_zone: zone }

/** Absent and empty lists say the same (TYP-059); periods that 2.1.1 cannot say leave either. */
const saying = (version: string, { charging_periods: periods, ...rest }: JsonObject): JsonObject =>
  version === '2.1.1' && Array.isArray(periods) && periods.length === 0
    ? rest
    : { ...rest, charging_periods: periods }

const place = randomDocument(schemaIn('2.3.0', 'location'))

const routes = (['2.1.1', '2.2.1'] as const).flatMap((version) => patched.map((name) => ({ name, version })))

describe.each(routes)('a PATCH of $name through a lens, $version', ({ name, version }) => {
  it('lifts to what the patched document lifts to', () => {
    const schema = schemaIn(version, name)
    fc.assert(
      fc.property(randomDocument(schema), randomPatch(schema), (sent, change) => {
        const patch = withIdentity(name, change, sent)
        const applied = applyPatch(name, sent, patch)
        if (!('document' in applied)) return
        const { document } = lift(name, version, sent, 'whole')
        const lifted = applyPatch(name, document, lift(name, version, patch, 'patch').document)
        const whole = lift(name, version, applied.document, 'whole').document
        expect('document' in lifted && withStatedZone(sent, lifted.document)).toEqual(
          withStatedZone(sent, whole),
        )
      }),
    )
  })

  it('lowers to what the patched document lowers to, or asks for a PUT', () => {
    const schema = schemaIn('2.3.0', name)
    let compared = 0
    fc.assert(
      fc.property(randomDocument(schema), randomPatch(schema), place, (document, change, location) => {
        const facts = surroundingsOf(document, location)
        const before = lower(name, version, document, 'whole', undefined, facts)
        const patch = withoutIdentity(name, change)
        const applied = applyPatch(name, document, patch)
        const body = lower(name, version, patch, 'patch', undefined, facts)
        if (before.kind === 'withheld' || body.kind === 'withheld' || !('document' in applied)) return
        const after = lower(name, version, applied.document, 'whole', undefined, facts)
        const there = applyPatch(name, before.document, body.document)
        if (after.kind === 'withheld' || !('document' in there)) return
        compared += 1
        expect(saying(version, there.document)).toEqual(saying(version, after.document))
      }),
    )
    expect(compared).toBeGreaterThan(5)
  })
})

/** Periods of a 2.1.1 session are kept aside by position, which a PATCH moves; it is applied in its own version. */
const remembered = routes.filter(({ name, version }) => name !== 'session' || version !== '2.1.1')

describe.each(remembered)('the remainder of a PATCH of $name, $version', ({ name, version }) => {
  it('leaves the stored remainder right for the patched document', () => {
    const schema = schemaIn(version, name)
    fc.assert(
      fc.property(randomDocument(schema, true), randomPatch(schema, true), (sent, change) => {
        const patch = withIdentity(name, change, sent)
        const applied = applyPatch(name, sent, patch)
        const whole = lift(name, version, sent, 'whole')
        const part = lift(name, version, patch, 'patch')
        const stored = applyPatch(name, whole.document, part.document)
        if (!('document' in applied) || !('document' in stored)) return
        const unmapped = patchUnmapped(whole.unmapped, patch, part.unmapped)
        const back = lower(name, version, stored.document, 'whole', unmapped)
        expect(back.kind === 'document' && withoutNulls(back.document)).toEqual(
          withoutNulls(applied.document),
        )
      }),
    )
  })
})

const withoutIdentity = (name: (typeof patched)[number], patch: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(patch).filter(([field]) => !patchables[name].identity.includes(field)))

/** Absent and null say the same (TYP-059). */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isJsonObject(value)) return value
  const given = Object.entries(value).filter(([, inner]) => inner !== null)
  return Object.fromEntries(given.map(([field, inner]) => [field, withoutNulls(inner)]))
}
