import type { Metrics } from './metrics.js'

/** OCPI exchanges of one operation in one direction since the node started. */
export interface TrafficLine {
  readonly direction: string
  readonly operation: string
  readonly ok: number
  readonly refused: number
  readonly outage: number
  /** Mean duration of those measured, in milliseconds; null when none was. */
  readonly mean_ms: number | null
}

type Sums = { ok: number; refused: number; outage: number; seconds: number; measured: number }

const isOutcome = (name: unknown): name is 'ok' | 'refused' | 'outage' =>
  name === 'ok' || name === 'refused' || name === 'outage'

/** What the metrics of this process say about OCPI traffic, line by line; the busiest first. */
export const readTraffic = async (
  metrics: Pick<Metrics, 'ocpiExchanges' | 'ocpiSeconds'>,
): Promise<readonly TrafficLine[]> => {
  const lines = new Map<string, Sums>()
  const sumsOf = (labels: Partial<Record<string, string | number>>): Sums => {
    const key = `${labels.direction} ${labels.operation}`
    const sums = lines.get(key) ?? { ok: 0, refused: 0, outage: 0, seconds: 0, measured: 0 }
    lines.set(key, sums)
    return sums
  }
  for (const { labels, value } of (await metrics.ocpiExchanges.get()).values) {
    if (isOutcome(labels.outcome)) sumsOf(labels)[labels.outcome] += value
  }
  for (const { labels, value, metricName } of (await metrics.ocpiSeconds.get()).values) {
    if (metricName?.endsWith('_sum') === true) sumsOf(labels).seconds += value
    if (metricName?.endsWith('_count') === true) sumsOf(labels).measured += value
  }
  return [...lines]
    .map(([key, { ok, refused, outage, seconds, measured }]) => {
      const [direction = '', operation = ''] = key.split(' ')
      const mean_ms = measured === 0 ? null : Math.round((seconds / measured) * 10_000) / 10
      return { direction, operation, ok, refused, outage, mean_ms }
    })
    .sort((a, b) => b.ok + b.refused + b.outage - (a.ok + a.refused + a.outage))
}
