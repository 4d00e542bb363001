import { connect, expectClean, expectNoFindings, expectRegistered, find } from './connect.js'
import { cdr, session } from './documents.js'
import { eventually } from './peer.js'

const exchangeTokens = async ({ check, node, peer, card }) => {
  const { country_code, party_id } = peer.party
  const address = (uid) => `/tokens/${country_code}/${party_id}/${uid}?type=${card.type}`
  const arrived = (uid) =>
    eventually(`token ${uid} at the node`, () => node.api('GET', address(uid)).catch(() => undefined))
  await check('node pulls the tokens the peer held before', 'mod_tokens_msp_get_method', () =>
    arrived('PULLED1'),
  )
  await check('peer pushes a token it made', 'mod_tokens_put_method', async () => {
    await peer.ask('push', { module: 'tokens', change: { uid: card.uid, whitelist: 'NEVER' } })
    await arrived(card.uid)
  })
  await check(
    'node asks the peer to authorize that token',
    'mod_tokens_real-time_authorization',
    async () => {
      await peer.ask('hold', { module: 'tokens', change: { uid: card.uid, whitelist: 'NEVER' } })
      const question = { token_uid: card.uid, type: card.type }
      const decision = await node.api('POST', '/authorizations', {
        ...question,
        location: { location_id: 'NODE-L1' },
      })
      if (decision.allowed !== 'ALLOWED' || decision.reason !== 'realtime')
        throw new Error(JSON.stringify(decision))
      return decision.reason
    },
  )
}

const exchangeLocations = async ({ check, node, peer, own }) => {
  const held = (module) => peer.ask('held', { module })
  await check('peer receives pushed locations', 'mod_locations_put_method', () =>
    eventually('NODE-L5 at the peer', async () => find(await held('locations'), 'NODE-L5')),
  )
  await check('peer receives a location with every optional field', 'mod_locations_location_object', () =>
    eventually('NODE-L1 at the peer', async () => find(await held('locations'), 'NODE-L1')),
  )
  await check('peer receives pushed tariffs', 'mod_tariffs_put_method', () =>
    eventually('NIGHT at the peer', async () => find(await held('tariffs'), 'NIGHT')),
  )
  await check('peer follows a status change', 'mod_locations_patch_method', async () => {
    await node.api('PATCH', '/locations/DE/IWC/NODE-L3/evses/E30', { status: 'CHARGING' })
    await eventually('CHARGING at the peer', async () => {
      const found = find(await held('locations'), 'NODE-L3')
      return found?.evses.some((evse) => evse.uid === 'E30' && evse.status === 'CHARGING')
    })
    await node.api('PATCH', '/locations/DE/IWC/NODE-L3/evses/E30', { status: 'AVAILABLE' })
  })
  await check(
    'peer crawls locations in pages and accepts every document',
    'mod_locations_get_method',
    async () => expectClean(await peer.ask('pull', { module: 'locations', limit: 25 }), own.locations),
  )
  await check('peer crawls tariffs in pages of one', 'mod_tariffs_cpo_get_method', async () => {
    const pulled = await peer.ask('pull', { module: 'tariffs', limit: 1 })
    if (pulled.pages < own.tariffs) throw new Error(`${pulled.pages} pages`)
    return expectClean(pulled, own.tariffs)
  })
}

const received = (node, type) =>
  eventually(`${type} at the node`, async () => {
    const { items } = await node.api('GET', '/commands?direction=received')
    return items.find((item) => item.type === type && item.state === 'ACCEPTED')
  })

const command = async ({ node, peer }, type, order) => {
  const before = (await peer.ask('seen')).length
  const { response } = await peer.ask('command', { type, ...order })
  if (response.result !== 'ACCEPTED') throw new Error(JSON.stringify(response))
  const { id } = await received(node, type)
  await node.api('POST', `/commands/${id}/result`, { result: 'ACCEPTED' })
  await eventually('the result at the peer', async () => {
    const seen = (await peer.ask('seen')).slice(before)
    return seen.some((entry) => entry.result === 'ACCEPTED')
  })
}

const charge = async (context) => {
  const { check, node, peer, card, run } = context
  const held = async (module, id) => find(await peer.ask('held', { module }), id)
  const ids = { session: `NODE-S${run}`, cdr: `NODE-C${run}` }
  await check('peer starts a session by command and gets the result', 'mod_commands_commands_module', () =>
    command(context, 'START_SESSION', { uid: card.uid, body: { location_id: 'NODE-L1', evse_uid: 'E1' } }),
  )
  await check('peer receives a session', 'mod_sessions_msp_put_method', async () => {
    await node.api('PUT', `/sessions/DE/IWC/${ids.session}`, session(ids.session, card))
    await eventually('the session', () => held('sessions', ids.session))
  })
  await check('peer follows the session', 'mod_sessions_patch_method', async () => {
    await node.api('PATCH', `/sessions/DE/IWC/${ids.session}`, { kwh: 20.125 })
    await eventually('20.125 kWh', async () => Number((await held('sessions', ids.session)).kwh) === 20.125)
  })
  await check(
    'peer stops the session by command and gets the result',
    'mod_commands_stopsession_object',
    () => command(context, 'STOP_SESSION', { session_id: ids.session }),
  )
  await check('peer receives the CDR', 'mod_cdrs_post_method', async () => {
    await node.api('PATCH', `/sessions/DE/IWC/${ids.session}`, {
      status: 'COMPLETED',
      end_date_time: '2026-03-01T11:00:00Z',
    })
    await node.api('PUT', `/cdrs/DE/IWC/${ids.cdr}`, cdr(ids.cdr, card, { session_id: ids.session }))
    const found = await eventually('the CDR', () => held('cdrs', ids.cdr))
    if (Number(found.total_energy) !== 20.125) throw new Error(`total_energy ${found.total_energy}`)
  })
  for (const module of ['sessions', 'cdrs'])
    await check(
      `peer crawls ${module} and accepts every document`,
      `mod_${module}_cpo_get_method`,
      async () => expectClean(await peer.ask('pull', { module }), 1),
    )
}

/** Everything a peer that is an eMSP can do with the node as its CPO. */
export const nodeAsCpo = async (given) => {
  const { check, node, peer, samples, run } = given
  const card = { ...peer.party, ...samples.token, uid: `${samples.token.uid}-${run}` }
  const context = { ...given, card }
  await peer.ask('hold', { module: 'tokens', change: { uid: 'PULLED1' } })
  const id = await connect(context)
  if (id === undefined) return
  await check(
    'the node shows the partner and its version',
    'version_information_endpoint_version_information_endpoint',
    () => expectRegistered(node, id, peer.version),
  )
  await exchangeLocations(context)
  await exchangeTokens(context)
  await charge(context)
  if (context.conformance === peer.version) {
    const report = await check(
      'the conformance run of the peer ends',
      'version_information_endpoint_version_information_endpoint',
      () => peer.ask('conformance'),
    )
    for (const one of report?.checks ?? []) context.judge(one)
  }
  await check(
    'the node tells what the peer refused, and nothing else',
    'transport_and_format_pull_and_push',
    async () => {
      const { items } = await node.api('GET', `/partners/${id}/refusals`)
      const told = JSON.stringify(items.map((item) => item.id ?? item.key?.id))
      if (told !== JSON.stringify(given.refuses)) throw new Error(JSON.stringify(items))
      return told
    },
  )
  await check(
    'node renews the credentials and still reaches the peer',
    'credentials_put_method',
    async () => {
      await node.api('POST', `/partners/${id}/rotate`)
      const name = `Renamed ${context.run}`
      await node.api('PATCH', '/locations/DE/IWC/NODE-L2', { name })
      await eventually('the new name at the peer', async () => {
        const list = await peer.ask('held', { module: 'locations' })
        return find(list, 'NODE-L2')?.name === name
      })
      expectClean(await peer.ask('pull', { module: 'tariffs' }), 1)
    },
  )
  await check(
    'the node finds nothing wrong with what the peer sends',
    'transport_and_format_json_http_implementation_guide',
    () => expectNoFindings(node, id),
  )
  await check('peer unregisters', 'credentials_delete_method', async () => {
    await peer.ask('unregister')
    const { status } = await node.api('GET', `/partners/${id}`)
    if (status === 'REGISTERED') throw new Error('the node still shows it registered')
    return status
  })
}
