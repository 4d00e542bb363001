import { connect, expectClean, expectNoFindings, expectRegistered, find } from './connect.js'
import { eventually } from './peer.js'

const arrived = (node, peer, module, id) => {
  const { country_code, party_id } = peer.party
  return eventually(`${module} ${id} at the node`, () =>
    node.api('GET', `/${module}/${country_code}/${party_id}/${id}`).catch(() => undefined),
  )
}

const exchangeObjects = async ({ check, node, peer, samples }) => {
  await check('node pulls the locations the peer held before', 'mod_locations_get_method', () =>
    arrived(node, peer, 'locations', 'PULLED1'),
  )
  await check('peer pushes a tariff it made', 'mod_tariffs_put_method', async () => {
    await peer.ask('push', { module: 'tariffs' })
    await arrived(node, peer, 'tariffs', samples.tariff)
  })
  await check('peer pushes a location it made', 'mod_locations_put_method', async () => {
    await peer.ask('push', { module: 'locations' })
    await arrived(node, peer, 'locations', samples.location)
  })
  await check('peer changes the status of an EVSE', 'mod_locations_patch_method', async () => {
    await peer.ask('patch_evse', { location: samples.location, evse: samples.evse, status: 'CHARGING' })
    const { evses } = await arrived(node, peer, 'locations', samples.location)
    if (evses[0].status !== 'CHARGING') throw new Error(`the node holds ${evses[0].status}`)
  })
}

const exchangeTokens = async ({ check, peer, own }) => {
  await check('peer receives pushed tokens', 'mod_tokens_put_method', () =>
    eventually('the token at the peer', async () =>
      find(await peer.ask('held', { module: 'tokens' }), '04AA11BB22CC33'),
    ),
  )
  await check('peer crawls tokens in pages of one', 'mod_tokens_msp_get_method', async () =>
    expectClean(await peer.ask('pull', { module: 'tokens', limit: 1 }), own.tokens),
  )
  await check('peer has a token authorized', 'mod_tokens_real-time_authorization', async () => {
    const answer = await peer.ask('authorize', {
      uid: '04AA11BB22CC33',
      location: { location_id: 'KIT-L1', evse_uids: [] },
    })
    if (answer.allowed !== 'ALLOWED') throw new Error(JSON.stringify(answer))
  })
  await check('peer is told that a token is unknown', 'status_codes_2xxx_client_errors', async () => {
    const answer = await peer.ask('authorize', { uid: 'NOBODY' }).catch((error) => String(error))
    if (!/2004|not found/.test(String(answer))) throw new Error(JSON.stringify(answer))
  })
}

const charge = async ({ check, node, peer, samples, run }) => {
  const card = {
    country_code: 'DE',
    party_id: 'IWE',
    uid: '04AA11BB22CC33',
    type: 'RFID',
    contract_id: 'DE-IWE-C00000001',
  }
  await check(
    'node starts a session by command and gets the result',
    'mod_commands_commands_module',
    async () => {
      const sent = await node.api('POST', '/commands/START_SESSION', {
        ...peer.party,
        token: { uid: card.uid, type: 'RFID' },
        location_id: samples.location,
        evse_uid: samples.evse,
      })
      if (sent.response !== 'ACCEPTED') throw new Error(`${sent.state}: ${sent.message ?? sent.response}`)
      const done = await eventually('the result', async () => {
        const now = await node.api('GET', `/commands/${sent.id}`)
        return now.state === 'ACCEPTED' ? undefined : now
      })
      if (done.result !== 'ACCEPTED') throw new Error(JSON.stringify(done))
    },
  )
  await check('peer pushes a session it made', 'mod_sessions_msp_put_method', async () => {
    await peer.ask('push', { module: 'sessions', change: { cdr_token: card } })
    await arrived(node, peer, 'sessions', samples.session)
  })
  await check('peer posts a CDR it made', 'mod_cdrs_post_method', async () => {
    const { location } = await peer.ask('push', { module: 'cdrs', change: { cdr_token: card } })
    await arrived(node, peer, 'cdrs', samples.cdr)
    if (!location) throw new Error('no Location header')
  })
  await check('node fetches what it missed when told to', 'transport_and_format_pull_and_push', async () => {
    await peer.ask('hold', { module: 'sessions', change: { id: `MISSED${run}`, cdr_token: card } })
    const { items } = await node.api('GET', '/partners')
    await node.api('POST', `/partners/${items.at(-1).id}/resync`)
    await arrived(node, peer, 'sessions', `MISSED${run}`)
  })
}

/** Everything a peer that is a CPO can do with the node as its eMSP. */
export const nodeAsEmsp = async (context) => {
  const { check, node, peer } = context
  await peer.ask('hold', { module: 'locations', change: { id: 'PULLED1' } })
  const id = await connect(context)
  if (id === undefined) return
  await check(
    'the node shows the partner and its version',
    'version_information_endpoint_version_information_endpoint',
    () => expectRegistered(node, id, peer.version),
  )
  await exchangeObjects(context)
  await exchangeTokens(context)
  await charge(context)
  await check('the node holds nothing back as refused', 'transport_and_format_pull_and_push', async () => {
    const { items } = await node.api('GET', `/partners/${id}/refusals`)
    if (items.length > 0) throw new Error(JSON.stringify(items))
  })
  await check(
    'the node finds nothing wrong with what the peer sends',
    'transport_and_format_json_http_implementation_guide',
    () => expectNoFindings(node, id),
  )
  await check('node unregisters', 'credentials_delete_method', async () => {
    await node.api('DELETE', `/partners/${id}`)
    const seen = await peer.ask('seen')
    if (!seen.some((entry) => entry.unregistered)) throw new Error('the peer was not told')
  })
}
