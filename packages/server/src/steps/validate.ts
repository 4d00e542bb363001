import {
  type Endpoint,
  type Finding,
  isJsonObject,
  OcpiRefusal,
  parseDocument,
  readEnvelope,
  type Version,
  withExamples,
} from '@interwatt/protocol'
import type { Plan, Uploaded } from '../context.js'
import { findingsText } from '../findings-text.js'

const NONE: readonly Finding[] = []

/** Checks the body against the version's schema, tolerantly: every deviation is recorded, errors are 2001 (TRN-050). */
export const validate = ({ target, json, caller, noted }: Uploaded, { ports }: Plan) => {
  const { endpoint, version, answer } = target
  const body = endpoint?.body
  if (body === undefined || version === undefined) return { received: json, findings: NONE }
  if (body.form === 'optional' && isNothing(json)) return { received: undefined, findings: NONE }
  const content = body.mayBeEnveloped === true ? withoutEnvelope(json) : json
  const undated = missingDate(body, version, json)
  const forgiven = caller.accepts?.missingLastUpdated === true
  const dated = forgiven && undated.length > 0 && isJsonObject(content) ? datedNow(content) : content
  const form = body.form === 'patch' ? 'patch' : 'whole'
  const parsed = parseDocument(body.schema, dated, form, { cutLongTexts: caller.accepts?.longTexts === true })
  const findings = [
    ...undated.map((finding): Finding => (forgiven ? { ...finding, severity: 'warning' } : finding)),
    ...parsed.findings,
  ]
  if (findings.length > 0 && answer.by === 'handler') {
    // A credentials object holds a token.
    const shown = endpoint?.module === 'credentials' ? findings : withExamples(findings, content)
    noted.findings.push(...shown)
    ports.onFindings(caller, answer.operation, shown)
  }
  if (!parsed.ok || (undated.length > 0 && !forgiven))
    throw new OcpiRefusal('invalid', findingsText(findings))
  return { received: parsed.value, findings: parsed.findings }
}

/** No body, `null` and `{}` say the same where the body is optional (tokens.md T-17). */
const isNothing = (json: unknown): boolean =>
  json === undefined ||
  json === null ||
  (typeof json === 'object' && !Array.isArray(json) && Object.keys(json).length === 0)

/** What an envelope holds, where a partner put one around its object. */
const withoutEnvelope = (json: unknown): unknown => {
  const inside = readEnvelope(json)?.data
  return typeof inside === 'object' && inside !== null ? inside : json
}

/** A PATCH without the time of the change, where the version asks for it (TRN-055). */
const missingDate = (body: NonNullable<Endpoint['body']>, version: Version, json: unknown): Finding[] => {
  if (body.form !== 'patch' || body.mayBeUndated === true) return []
  if (!version.traits.patchNeedsLastUpdated) return []
  if (typeof json !== 'object' || json === null || Object.hasOwn(json, 'last_updated')) return []
  const message = 'last_updated is needed in every PATCH'
  return [{ pointer: '/last_updated', code: 'missing', message, rule: 'TRN-055', severity: 'error' }]
}

const datedNow = (content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  ...content,
  last_updated: new Date().toISOString(),
})
