/** Columns of a message without its bodies, named as the port has them. */
export const factColumns = `
  m.id, m.at, m.direction, m.partner_id as "partnerId", m.partner_name as "partnerName", m.method, m.origin, m.path,
  m.version, m.module, m.side, m.operation,
  m.object_kind as "objectKind", m.object_country as "objectCountry", m.object_party as "objectParty", m.object_id as "objectId",
  m.http_status as "httpStatus", m.status_code as "statusCode", m.outcome, m.failure, m.duration_ms as "durationMs",
  m.request_id as "requestId", m.correlation_id as "correlationId", m.attempt, m.findings,
  m.request_bytes as "requestBytes", m.response_bytes as "responseBytes"`

/** Columns of a stored message but its bodies, and their types, as they are read from JSON. */
export const storedColumns = [
  ['at', 'timestamptz'],
  ['direction', 'text'],
  ['partner_id', 'text'],
  ['partner_name', 'text'],
  ['method', 'text'],
  ['origin', 'text'],
  ['path', 'text'],
  ['version', 'text'],
  ['module', 'text'],
  ['side', 'text'],
  ['operation', 'text'],
  ['object_kind', 'text'],
  ['object_country', 'text'],
  ['object_party', 'text'],
  ['object_id', 'text'],
  ['http_status', 'integer'],
  ['status_code', 'integer'],
  ['outcome', 'text'],
  ['failure', 'text'],
  ['duration_ms', 'real'],
  ['request_id', 'text'],
  ['correlation_id', 'text'],
  ['attempt', 'integer'],
  ['findings', 'json'],
  ['request_headers', 'json'],
  ['request_bytes', 'integer'],
  ['request_cut', 'boolean'],
  ['request_hidden', 'boolean'],
  ['response_headers', 'json'],
  ['response_bytes', 'integer'],
  ['response_cut', 'boolean'],
] as const

/** Name of a column of a stored message. */
export type StoredColumn = (typeof storedColumns)[number][0]
