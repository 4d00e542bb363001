/** Registers node and peer with each other, in the direction asked for; answers the node's partner id. */
export const connect = async ({ check, node, peer, starter }) => {
  if (starter === 'peer') {
    const invited = await node.api('POST', '/partners', { name: `${peer.party.party_id} invited` })
    await check('peer registers with the node', 'credentials_registration', () =>
      peer.ask('register', {
        versions_url: invited.versions_url,
        token_a: invited.token_a,
        parties: ['DE*IWC', 'DE*IWE'],
      }),
    )
    return invited.id
  }
  const invited = await peer.ask('invite')
  const partner = await check('node registers with the peer', 'credentials_registration', () =>
    node.api('POST', '/partners', { name: `${peer.party.party_id} joined`, ...invited }),
  )
  return partner?.id
}

/** Throws unless the node shows the partner registered, in the version the peer speaks. */
export const expectRegistered = async (node, id, version) => {
  const partner = await node.api('GET', `/partners/${id}`)
  if (partner.status !== 'REGISTERED') throw new Error(`the node shows ${partner.status}`)
  if (partner.version !== version) throw new Error(`the node chose ${partner.version}`)
}

/** Throws with the reasons when a pulled list has a gap or a document the peer finds fault with. */
export const expectClean = ({ documents, violations, total }, least) => {
  if (violations.length > 0)
    throw new Error(`${violations.length} found: ${violations.slice(0, 3).join('; ')}`)
  if (documents.length !== total) throw new Error(`${documents.length} of ${total} documents arrived`)
  if (documents.length < least) throw new Error(`${documents.length} documents, at least ${least} expected`)
  return `${documents.length} documents`
}

/** Whether a list holds a document of that id, whatever its letter case. */
export const find = (list, id) =>
  list.find((document) => String(document.uid ?? document.id).toLowerCase() === id.toLowerCase())

/** Throws with what the node found wrong in the messages of the peer. */
export const expectNoFindings = async (node, id) => {
  const { items } = await node.api('GET', `/partners/${id}/findings`)
  // NOTE: the Rust peer takes no PATCH, which it may say; the node notes that as a habit and sends PUT.
  const wrong = items.filter(({ code }) => code !== 'method_refused')
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong))
}
