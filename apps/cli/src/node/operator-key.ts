import type { Node } from '@interwatt/platform'

/**
 * Makes sure that somebody can use the operator API: stores the key of the settings, or makes one where there is none
 * at all. Answers the made one in clear text; it is stored nowhere.
 */
export const ensureOperatorKey = async (
  node: Node,
  secret: string,
  configured: string | null,
): Promise<string | undefined> => {
  const { createSecrets, ensureApiKey, newApiKey } = await import('@interwatt/platform')
  const secrets = createSecrets(secret)
  if (configured !== null) {
    await ensureApiKey(node.stores.keys, secrets, { name: 'INTERWATT_API_KEY', text: configured })
    return undefined
  }
  if ((await node.stores.keys.list()).length > 0) return undefined
  const { text, key } = newApiKey('first', secrets, Date.now())
  await node.stores.keys.add(key)
  return text
}
