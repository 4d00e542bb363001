import type { Command } from '../ports/index.js'

/** A command as statements answer it. */
export interface CommandRow {
  id: string
  direction: Command['direction']
  type: Command['type']
  partner_id: string
  party: Command['party']
  partner_party: Command['party']
  request: { [field: string]: unknown }
  response_url: string | null
  response_token_hash: string | null
  state: Command['state']
  response: string | null
  result: string | null
  message: unknown
  deadline: string | null
  session_id: string | null
  correlation_id: string
  created_at: string
  finished_at: string | null
}

/** The command a row stands for. */
export const toCommand = (row: CommandRow): Command => ({
  id: row.id,
  direction: row.direction,
  type: row.type,
  partnerId: row.partner_id,
  party: row.party,
  partnerParty: row.partner_party,
  request: row.request,
  responseUrl: row.response_url,
  responseTokenHash: row.response_token_hash,
  state: row.state,
  response: row.response,
  result: row.result,
  message: row.message,
  deadline: row.deadline,
  sessionId: row.session_id,
  correlationId: row.correlation_id,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
})
