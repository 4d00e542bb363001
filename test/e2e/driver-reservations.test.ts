import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChargingWorld, PLACE, startChargingWorld } from '../support/charging-world.js'
import { tariff } from '../support/documents.js'
import { eventually } from '../support/node.js'

type Doc = Record<string, unknown>

let world: ChargingWorld
beforeAll(async () => {
  world = await startChargingWorld()
  const component = (type: string, price: number) => ({
    price_components: [{ type, price, vat: 19, step_size: 1 }],
  })
  const reserved = { ...component('FLAT', 2), restrictions: { reservation: 'RESERVATION' } }
  await world.cpo.api(
    'PUT',
    '/tariffs/DE/CPO/AC-DAY',
    tariff('AC-DAY', { elements: [reserved, component('ENERGY', 0.45)] }),
  )
  await eventually('the price of reserving', async () => {
    const { body } = await world.emsp.api('GET', '/tariffs/DE/CPO/AC-DAY')
    return (body as { elements: Doc[] }).elements.length === 2 || undefined
  })
})
afterAll(() => world?.[Symbol.asyncDispose]())

const reserve = (minutes = 30) => world.driver.call('POST', '/reservations', { ...PLACE, minutes })
const until = (id: string, state: string) =>
  eventually(`the reservation to be ${state}`, async () => {
    const { body } = await world.driver.call('GET', `/reservations/${id}`)
    return (body as Doc).state === state ? (body as Doc) : undefined
  })

describe('a reservation', () => {
  let id = ''

  it('is asked of the operator, with what it costs by the tariff', async () => {
    const { status, body } = await reserve()
    expect(status).toBe(201)
    id = String((body as Doc).id)
    expect(body).toMatchObject({
      state: 'asked',
      is_held: true,
      station: { id: 'LOC1', name: 'Depot Süd' },
      cost: { total: { amount: '2.38', currency: 'EUR' } },
    })
    const command = await world.waiting('RESERVE_NOW')
    expect(command.request).toMatchObject({ reservation_id: id, evse_uid: 'E1' })
    expect(Date.parse(String((body as Doc).expires_at)) - Date.parse(String((body as Doc).asked_at))).toBe(
      1_800_000,
    )
  })

  it('holds when the station says so, one at a time', async () => {
    await world.finish('RESERVE_NOW', 'ACCEPTED')
    expect(await until(id, 'reserved')).toMatchObject({ can_cancel: true, state_text: 'Reserved for you' })
    const second = await reserve()
    expect([second.status, (second.body as Doc).type]).toEqual([
      409,
      'urn:interwatt:problem:reservation-held',
    ])
  })

  it('is given free again when the operator does so', async () => {
    const { body } = await world.driver.call('DELETE', `/reservations/${id}`, {})
    expect((body as Doc).state).toBe('cancelling')
    await world.finish('CANCEL_RESERVATION', 'ACCEPTED')
    await until(id, 'cancelled')
    const again = await world.driver.call('DELETE', `/reservations/${id}`, {})
    expect([again.status, (again.body as Doc).state]).toEqual([200, 'cancelled'])
  })

  it('is one also when two are asked for at the same time', async () => {
    const before = (await world.commands('RESERVE_NOW')).length
    const both = await Promise.all([reserve(), reserve()])
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
    await world.finish('RESERVE_NOW', 'REJECTED')
    expect((await world.commands('RESERVE_NOW')).length).toBe(before + 1)
    const { body } = both.find(({ status }) => status === 201) ?? {}
    await until(String((body as Doc).id), 'refused')
  })

  it('is refused with the reason', async () => {
    const { body } = await reserve(10)
    await world.finish('RESERVE_NOW', 'EVSE_INOPERATIVE')
    const refused = await until(String((body as Doc).id), 'refused')
    expect(refused).toMatchObject({
      is_held: false,
      reason: { code: 'evse_inoperative', text: expect.any(String) },
    })
    const none = await world.driver.call('DELETE', `/reservations/${String(refused.id)}`, {})
    expect(none.status).toBe(409)
  })

  it('is listed, the newest first', async () => {
    const { body } = await world.driver.call('GET', '/reservations')
    expect((body as { items: Doc[] }).items.map(({ state }) => state)).toEqual([
      'refused',
      'refused',
      'cancelled',
    ])
  })

  it.each([
    [{ ...PLACE, minutes: 0 }, 400],
    [{ ...PLACE, minutes: 'long' }, 400],
    [{ minutes: 30 }, 400],
  ])('with %j is a problem document', async (wrong, status) => {
    expect((await world.driver.call('POST', '/reservations', wrong)).status).toBe(status)
  })
})
