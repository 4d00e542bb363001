/** Columns of a problem, by the names the port has. */
export const problemColumns = `number::float8 as number, partner_id as "partnerId", rule, severity, reason, remedy, facts,
  since, seen_at as "seenAt", ended_at as "endedAt"`
