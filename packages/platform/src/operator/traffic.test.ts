import { expect, test } from 'vitest'
import { createMetrics } from './metrics.js'
import { readTraffic } from './traffic.js'

test('traffic is told by direction and operation, the busiest first, with its mean duration', async () => {
  const metrics = createMetrics()
  const push = { direction: 'out', operation: 'locations.receiver.put' }
  metrics.ocpiExchanges.inc({ ...push, outcome: 'ok' }, 7)
  metrics.ocpiExchanges.inc({ ...push, outcome: 'outage' }, 2)
  metrics.ocpiExchanges.inc({ direction: 'in', operation: 'tokens.sender.list', outcome: 'refused' })
  metrics.ocpiSeconds.observe(push, 0.01)
  metrics.ocpiSeconds.observe(push, 0.03)
  expect(await readTraffic(metrics)).toEqual([
    { ...push, ok: 7, refused: 0, outage: 2, mean_ms: 20 },
    { direction: 'in', operation: 'tokens.sender.list', ok: 0, refused: 1, outage: 0, mean_ms: null },
  ])
})
