export { ensureApiKey, newApiKey } from './api-keys.js'
export type { OperatorDeps, OperatorSecrets, Readiness } from './deps.js'
export { answerError } from './errors.js'
export { createMetrics, type Metrics } from './metrics.js'
export {
  API_PREFIX,
  isOperatorPath,
  operatorServerOptions,
  registerHealth,
  registerOperatorApi,
} from './register.js'
export { createWebhookDelivery, type WebhookDelivery, type WebhookDeliveryDeps } from './webhooks/delivery.js'
export { createDeliveryPost, type DeliveryOptions, ForbiddenReceiver } from './webhooks/https-post.js'
export type { PostDelivery } from './webhooks/ports.js'
