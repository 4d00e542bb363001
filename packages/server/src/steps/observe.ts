import { type Finding, isJsonObject, type Version } from '@interwatt/protocol'
import type { Plan, Uploaded } from '../context.js'

const NOTHING = {}

const finding = (
  code: Finding['code'],
  rule: string,
  message: string,
  at: { readonly pointer?: string; readonly example?: string } = {},
): Finding => ({ pointer: '', code, rule, message, severity: 'warning', ...at })

/** Whether the token was written otherwise than the version says (TRN-003, TRN-004); the header is of a caller that was found by it. */
const isMiswritten = (header: string | undefined, token: string, { traits }: Version): boolean =>
  (header?.trimEnd().endsWith(` ${token}`) === true) !== (traits.tokenEncoding === 'plain')

const ZONE = /(?:Z|[+-]\d\d:?\d\d)$/i

/** The time of a change without a zone: allowed, read as UTC, and a common source of errors (TYP-021, TYP-022). */
const isZoneless = (json: unknown): json is { readonly last_updated: string } =>
  isJsonObject(json) && typeof json.last_updated === 'string' && !ZONE.test(json.last_updated)

/** Notes habits of the partner that are tolerated and that no field table sees: how its token, URLs and times are written. */
export const observe = ({ caller, target, rawPath, headers, json, noted }: Uploaded, { ports }: Plan) => {
  const { version, answer } = target
  if (version === undefined || answer.by !== 'handler' || caller.access !== 'full') return NOTHING
  const findings: Finding[] = []
  if (isMiswritten(headers.authorization, caller.token, version)) {
    const expected = version.traits.tokenEncoding
    const rule = expected === 'base64' ? 'TRN-003' : 'TRN-004'
    findings.push(finding('token_encoding', rule, `the credentials token is not written as ${expected}`))
  }
  if (rawPath.endsWith('/')) {
    const message = 'the URL ends with a slash'
    findings.push(finding('trailing_slash', 'TRN-027', message))
  }
  if (isZoneless(json)) {
    const message = 'last_updated has no zone; read as UTC'
    const example = JSON.stringify(json.last_updated).slice(0, 40)
    findings.push(finding('no_zone', 'TYP-022', message, { pointer: '/last_updated', example }))
  }
  noted.findings.push(...findings)
  if (findings.length > 0) ports.onFindings(caller, answer.operation, findings)
  return NOTHING
}
