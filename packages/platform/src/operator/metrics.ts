import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const HTTP_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const PARTNER_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30]

const httpMetrics = (registry: Registry) => ({
  /** Operator API requests; `route` is the pattern, never the address. */
  httpSeconds: new Histogram({
    name: 'interwatt_http_request_duration_seconds',
    help: 'Duration of operator API requests',
    labelNames: ['method', 'route', 'status'],
    buckets: HTTP_SECONDS,
    registers: [registry],
  }),
  /** Open event streams. */
  eventStreams: new Gauge({
    name: 'interwatt_event_streams',
    help: 'Event streams open now',
    registers: [registry],
  }),
  /** Event streams that ended; `reason` is `closed`, `slow` or `shutdown`. */
  eventStreamsEnded: new Counter({
    name: 'interwatt_event_streams_ended_total',
    help: 'Event streams that ended, by reason',
    labelNames: ['reason'],
    registers: [registry],
  }),
  /** Webhook deliveries; `outcome` is `delivered`, `failed` or `disabled`. */
  webhookDeliveries: new Counter({
    name: 'interwatt_webhook_deliveries_total',
    help: 'Webhook deliveries, by outcome',
    labelNames: ['outcome'],
    registers: [registry],
  }),
})

const ocpiMetrics = (registry: Registry) => ({
  /** OCPI exchanges; `direction` is `in` or `out`, `outcome` is `ok`, `refused` or `outage`. */
  ocpiExchanges: new Counter({
    name: 'interwatt_ocpi_exchanges_total',
    help: 'OCPI requests answered or sent',
    labelNames: ['direction', 'operation', 'outcome'],
    registers: [registry],
  }),
  /** Duration of OCPI exchanges, by direction and operation. */
  ocpiSeconds: new Histogram({
    name: 'interwatt_ocpi_exchange_duration_seconds',
    help: 'Duration of OCPI requests answered or sent',
    labelNames: ['direction', 'operation'],
    buckets: PARTNER_SECONDS,
    registers: [registry],
  }),
  /** Real-time authorizations; `allowed` is the AllowedType. */
  authorizationSeconds: new Histogram({
    name: 'interwatt_authorization_duration_seconds',
    help: 'Time to decide on a token',
    labelNames: ['direction', 'allowed'],
    buckets: PARTNER_SECONDS,
    registers: [registry],
  }),
  /** Commands by direction, type and final state. */
  commands: new Counter({
    name: 'interwatt_commands_total',
    help: 'Commands finished',
    labelNames: ['direction', 'type', 'state'],
    registers: [registry],
  }),
})

const pricingMetrics = (registry: Registry) => ({
  /** CDRs checked; `outcome` is `agrees`, `differs` or `unpriced`. */
  cdrChecks: new Counter({
    name: 'interwatt_cdr_checks_total',
    help: 'CDRs checked, by outcome',
    labelNames: ['outcome'],
    registers: [registry],
  }),
  /** Decisions about CDRs; `by` is `rule` or `operator`. */
  cdrReviews: new Counter({
    name: 'interwatt_cdr_reviews_total',
    help: 'Decisions about CDRs, by state and by whom',
    labelNames: ['state', 'by'],
    registers: [registry],
  }),
})

const messageMetrics = (registry: Registry) => ({
  /** OCPI messages recorded for operators. */
  messagesRecorded: new Counter({
    name: 'interwatt_messages_recorded_total',
    help: 'OCPI messages recorded',
    registers: [registry],
  }),
  /** OCPI messages not recorded; `reason` is `queue`, `database`, `space`, `strangers` or `error`. */
  messagesDropped: new Counter({
    name: 'interwatt_messages_dropped_total',
    help: 'OCPI messages not recorded, by reason',
    labelNames: ['reason'],
    registers: [registry],
  }),
  /** OCPI messages on their way to the database. */
  messagesWaiting: new Gauge({
    name: 'interwatt_messages_waiting',
    help: 'OCPI messages waiting to be recorded',
    registers: [registry],
  }),
})

const syncMetrics = (registry: Registry) => ({
  /** Changes waiting for a partner. */
  syncBacklog: new Gauge({
    name: 'interwatt_sync_backlog',
    help: 'Changes not yet delivered',
    labelNames: ['partner', 'module'],
    registers: [registry],
  }),
  /** Partners whose breaker is open. */
  partnersDown: new Gauge({
    name: 'interwatt_partners_down',
    help: 'Partners that do not answer',
    registers: [registry],
  }),
})

/** Everything a node measures, in one registry of its own. */
export type Metrics = ReturnType<typeof httpMetrics> &
  ReturnType<typeof ocpiMetrics> &
  ReturnType<typeof pricingMetrics> &
  ReturnType<typeof messageMetrics> &
  ReturnType<typeof syncMetrics> & { readonly registry: Registry }

/** Makes the metrics of one node; `processMetrics` adds memory, event loop and garbage collection. */
export const createMetrics = (options: { readonly processMetrics?: boolean } = {}): Metrics => {
  const registry = new Registry()
  if (options.processMetrics === true) collectDefaultMetrics({ register: registry })
  return {
    registry,
    ...httpMetrics(registry),
    ...ocpiMetrics(registry),
    ...pricingMetrics(registry),
    ...messageMetrics(registry),
    ...syncMetrics(registry),
  }
}
