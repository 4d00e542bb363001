import type { Node } from '@interwatt/platform'

/**
 * Makes sure that somebody can use the operator API: without a key in the settings or in the store one is made. Answers the made one in clear text; it is stored nowhere.
 */
export const ensureOperatorKey = async (
  node: Node,
  secret: string,
  configured: string | null,
): Promise<string | undefined> => {
  if (configured !== null || (await node.stores.keys.list()).length > 0) return undefined
  const { createSecrets, newApiKey } = await import('@interwatt/platform')
  const { text, key } = newApiKey('first', createSecrets(secret), Date.now())
  await node.stores.keys.add(key)
  return text
}
