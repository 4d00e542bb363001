import { introduce } from './connect.js'
import { location, tariff } from './documents.js'
import { type DriverClient, testDriver } from './drivers.js'
import { eventually, startTestNode, type TestNode, type TestNodeOptions } from './node.js'

type Doc = Record<string, unknown>

/** A CPO node whose back end is the test, and an eMSP node with drivers, registered with each other over HTTP. */
export interface ChargingWorld extends AsyncDisposable {
  readonly cpo: TestNode
  readonly emsp: TestNode
  readonly driver: DriverClient
  /** The contract and the token of the app. */
  readonly token: Doc
  /** The commands the CPO's back end got, newest first. */
  commands(type?: string): Promise<readonly Doc[]>
  /** The command of a type that waits for the back end. */
  waiting(type: string): Promise<Doc>
  /** The back end's result of a command that waits. */
  finish(type: string, result: string, extra?: object): Promise<Doc>
  /** Reads a charge until it fits. */
  until(id: string, what: string, fits: (charge: Doc) => boolean): Promise<Doc>
  putSession(id: string, document: object): Promise<void>
  putCdr(id: string, document: object): Promise<void>
}

const arrived = (node: TestNode, path: string): Promise<Doc> =>
  eventually(`${path} to arrive`, async () => {
    const { status, body } = await node.api('GET', path)
    return status === 200 ? (body as Doc) : undefined
  })

/** Where everything in these tests charges. */
export const PLACE = {
  country_code: 'DE',
  party_id: 'CPO',
  location_id: 'LOC1',
  evse_uid: 'E1',
  connector_id: '1',
} as const

/** Starts both nodes with a location, a tariff and the test driver; the driver's token has arrived at the CPO. */
export const startChargingWorld = async (options: TestNodeOptions = {}): Promise<ChargingWorld> => {
  const env = { DRIVER_APP: 'true', DRIVER_DEMO: 'true', ...options.env }
  const [cpo, emsp] = await Promise.all([startTestNode(), startTestNode({ ...options, env })])
  await cpo.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Test Charging' } })
  await emsp.api('PUT', '/parties/DE/MSP', {
    roles: ['EMSP'],
    business_details: { name: 'Drive Away', website: 'https://drive-away.example' },
  })
  const last_updated = '2026-02-01T00:00:00Z'
  await cpo.api('PUT', '/tariffs/DE/CPO/AC-DAY', tariff('AC-DAY', { last_updated }))
  await cpo.api(
    'PUT',
    '/locations/DE/CPO/LOC1',
    location('LOC1', { last_updated, operator: { name: 'Test Charging' } }),
  )
  await introduce({ node: emsp, name: 'eMSP' }, { node: cpo, name: 'CPO' })
  const driver = await testDriver(emsp)
  const { contract_id } = (await driver.call('GET', '/account')).body as Doc
  const all = (await emsp.api('GET', '/tokens')).body as { items: Doc[] }
  const token = all.items.find((one) => one.contract_id === contract_id) ?? {}
  await arrived(emsp, '/locations/DE/CPO/LOC1')
  await arrived(emsp, '/tariffs/DE/CPO/AC-DAY')
  await arrived(cpo, `/tokens/DE/MSP/${String(token.uid)}?type=APP_USER`)
  const commands = async (type?: string): Promise<readonly Doc[]> => {
    const { items } = (await cpo.api('GET', '/commands?direction=received')).body as { items: Doc[] }
    return type === undefined ? items : items.filter((one) => one.type === type)
  }
  const waiting = (type: string): Promise<Doc> =>
    eventually(`a ${type} at the CPO`, async () =>
      (await commands(type)).find(({ state }) => state === 'ACCEPTED'),
    )
  return {
    ...{ cpo, emsp, driver, token, commands, waiting },
    async finish(type, result, extra = {}) {
      const command = await waiting(type)
      const { status } = await cpo.api('POST', `/commands/${String(command.id)}/result`, { result, ...extra })
      if (status !== 200) throw new Error(`result answered ${status}`)
      return command
    },
    until: (id, what, fits) =>
      eventually(what, async () => {
        const { body } = await driver.call('GET', `/charges/${id}`)
        return fits(body as Doc) ? (body as Doc) : undefined
      }),
    async putSession(id, document) {
      const { status, body } = await cpo.api('PUT', `/sessions/DE/CPO/${id}`, document)
      if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
    },
    async putCdr(id, document) {
      const { status, body } = await cpo.api('PUT', `/cdrs/DE/CPO/${id}`, document)
      if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
    },
    async [Symbol.asyncDispose]() {
      await emsp[Symbol.asyncDispose]()
      await cpo[Symbol.asyncDispose]()
    },
  }
}
