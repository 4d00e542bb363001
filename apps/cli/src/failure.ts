import type { Finding } from '@interwatt/protocol'

export interface FailureOptions {
  /** What to do about it, one sentence. */
  readonly hint?: string
  /** Default 1; 2 for wrong usage. */
  readonly exitCode?: 1 | 2
  readonly findings?: readonly Finding[]
  readonly cause?: unknown
}

/** Something a person can understand and act on: one sentence what, one sentence what to do. Never a bug. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly hint: string | undefined
  readonly exitCode: 1 | 2
  readonly findings: readonly Finding[]

  constructor(message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause })
    this.hint = options.hint
    this.exitCode = options.exitCode ?? 1
    this.findings = options.findings ?? []
  }
}

/** The sentence of anything that was thrown. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.message === '' ? error.name : error.message
}

/** Code of a system error such as `ENOENT`, otherwise undefined. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
