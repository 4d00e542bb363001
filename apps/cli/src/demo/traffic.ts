/** OCPI requests that the platforms answered since they started. */
export interface Traffic {
  /** Changes sent to the other side: PUT, PATCH, DELETE and the POST of a CDR. */
  readonly pushes: number
  /** Pages asked for. */
  readonly pulls: number
  /** Commands, without their results. */
  readonly commands: number
  /** Real-time authorizations. */
  readonly authorizations: number
  /** Requests answered with a 2xxx code or an error. */
  readonly refused: number
}

const LINE = /^interwatt_ocpi_exchanges_total\{([^}]*)\} (\d+)/
const PUSH = /^(locations|tariffs|tokens|sessions|cdrs)\.receiver\.(put|patch|post|delete)/
const PULL = /^[a-z]+\.sender\.list$/
const COMMAND = /^commands\.receiver\./

const labelOf = (labels: string, name: string): string =>
  new RegExp(`${name}="([^"]*)"`).exec(labels)?.[1] ?? ''

/** Reads the counters of one platform from its metrics, in the Prometheus text format. */
export const readTraffic = (metrics: string): Traffic => {
  const counts = { pushes: 0, pulls: 0, commands: 0, authorizations: 0, refused: 0 }
  for (const line of metrics.split('\n')) {
    const [, labels = '', digits = '0'] = LINE.exec(line) ?? []
    if (labelOf(labels, 'direction') !== 'in') continue
    const [operation, count] = [labelOf(labels, 'operation'), Number(digits)]
    if (labelOf(labels, 'outcome') !== 'ok') counts.refused += count
    else if (PUSH.test(operation)) counts.pushes += count
    else if (PULL.test(operation)) counts.pulls += count
    else if (COMMAND.test(operation)) counts.commands += count
    else if (operation === 'tokens.sender.authorize') counts.authorizations += count
  }
  return counts
}

/** What two platforms answered together. */
export const addTraffic = (a: Traffic, b: Traffic): Traffic => ({
  pushes: a.pushes + b.pushes,
  pulls: a.pulls + b.pulls,
  commands: a.commands + b.commands,
  authorizations: a.authorizations + b.authorizations,
  refused: a.refused + b.refused,
})
