export { createApiKeyStore } from './api-key-store.js'
export { createAuthorizationStore } from './authorization-store.js'
export { createOperatorSessionStore } from './operator-session-store.js'
export { createWebhookStore } from './webhook-store.js'
