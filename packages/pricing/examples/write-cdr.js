// From meter readings to a CDR that any partner can recompute. Run: node packages/pricing/examples/write-cdr.js
import { authorCdr, checkCdr } from '@interwatt/pricing'

const tariff = {
  country_code: 'DE',
  party_id: 'ABC',
  id: 'EVENING',
  currency: 'EUR',
  tax_included: 'NO',
  elements: [
    {
      price_components: [{ type: 'ENERGY', price: 0.6, vat: 19, step_size: 1 }],
      restrictions: { start_time: '17:00', end_time: '20:00' },
    },
    {
      price_components: [
        { type: 'ENERGY', price: 0.4, vat: 19, step_size: 1 },
        { type: 'PARKING_TIME', price: 6, vat: 19, step_size: 60 },
      ],
    },
  ],
  last_updated: '2026-01-01T00:00:00Z',
}

const authored = authorCdr(
  { timeZone: 'Europe/Berlin' },
  [
    { at: '2026-11-22T18:10:00Z', wh: 1_204_500 },
    { at: '2026-11-22T19:30:00Z', wh: 1_218_100, requestsPower: false },
    { at: '2026-11-22T19:52:00Z', wh: 1_218_100 },
  ],
  [tariff],
)

if (authored.kind === 'refused') throw new Error(authored.message)
for (const { start_date_time, dimensions } of authored.cdr.charging_periods)
  console.log(start_date_time, ...dimensions.map(({ type, volume }) => `${type} ${volume}`))
console.log(JSON.stringify(authored.cdr.total_cost))

const cdr = {
  ...authored.cdr,
  ...{ country_code: 'DE', party_id: 'ABC', id: 'CDR1', session_id: 'S1', auth_method: 'WHITELIST' },
  cdr_token: {
    country_code: 'NL',
    party_id: 'MSP',
    uid: '04A1',
    type: 'RFID',
    contract_id: 'NLMSPC00000001',
  },
  cdr_location: {
    id: 'LOC1',
    address: 'Marktplatz 1',
    city: 'Bremen',
    country: 'DEU',
    coordinates: { latitude: '53.076000', longitude: '8.807000' },
    ...{ evse_uid: 'E1', evse_id: 'DE*ABC*E1', connector_id: '1' },
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_3_PHASE',
  },
  last_updated: '2026-11-22T19:53:00Z',
}
console.log(checkCdr(cdr, { timeZone: 'Europe/Berlin' }).outcome)
