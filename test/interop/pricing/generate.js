/**
 * Tariffs in the form of 2.3.0 and sessions, with everything that decides a price, and shapes that readers disagree about on
 * purpose. `rough` sessions state hours rounded to four decimals where the others state them exactly.
 */

const ZONES = ['Europe/Amsterdam', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata']
const STARTS = [
  '2026-03-29T00:00:00Z',
  '2026-10-25T00:00:00Z',
  '2026-04-04T14:00:00Z',
  '2026-11-01T05:00:00Z',
  '2026-06-10T15:00:00Z',
  '2026-01-17T22:00:00Z',
]
const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']
const TIMES = ['00:00', '02:00', '02:30', '06:00', '09:00', '17:00', '18:30', '22:00']

const restrictions = (random) => {
  const { pick, int, decimal, chance } = random
  const optional = (name, value) => (chance(0.6) ? { [name]: value } : {})
  const sorts = [
    () => ({ start_time: pick(TIMES), end_time: pick(TIMES) }),
    () => ({ ...optional('start_time', pick(TIMES)), ...optional('end_time', pick(TIMES)) }),
    () => ({ start_time: '22:00', end_time: '06:00', day_of_week: random.some(DAYS, 0.6) }),
    () => ({ day_of_week: random.some(DAYS, 0.5) }),
    () => ({ ...optional('start_date', '2026-03-29'), ...optional('end_date', '2026-10-25') }),
    () => ({ ...optional('min_kwh', decimal(0, 20, 1)), ...optional('max_kwh', decimal(0, 30, 1)) }),
    () => ({
      ...optional('min_duration', int(0, 8) * 900),
      ...optional('max_duration', int(1, 12) * 900),
    }),
    () => ({ ...optional('min_power', decimal(0, 22, 1)), ...optional('max_power', decimal(1, 50, 1)) }),
    () => ({ ...optional('min_current', int(0, 32)), ...optional('max_current', int(1, 64)) }),
  ]
  return pick(sorts)()
}

const component = (random, types) => ({
  type: random.pick(types),
  price: random.chance(0.1) ? 0 : random.decimal(0, 3, random.pick([2, 2, 3, 4])),
  ...(random.chance(0.85) ? { vat: random.pick([0, 5.2, 7, 10, 19, 20, 25]) } : {}),
  step_size: random.pick([1, 1, 1, 60, 300, 500, 900, random.int(1, 2000)]),
})

const components = (random, types) => {
  const chosen = types.filter(() => random.chance(0.5))
  return (chosen.length === 0 ? [random.pick(types)] : chosen).map((type) => component(random, [type]))
}

const element = (random) => {
  const priced = { price_components: components(random, ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT']) }
  return random.chance(0.6) ? { ...priced, restrictions: restrictions(random) } : priced
}

const limit = (random) => {
  const before_taxes = random.decimal(0, 20, 2)
  return random.chance(0.6)
    ? { before_taxes, after_taxes: Math.round(before_taxes * random.pick([100, 107, 119, 120])) / 100 }
    : { before_taxes }
}

const tariff = (random, features) => ({
  country_code: 'DE',
  party_id: 'CPO',
  id: 'T1',
  currency: 'EUR',
  tax_included: features.taxIncluded ? random.pick(['NO', 'NO', 'YES', 'N/A']) : 'NO',
  elements: [
    ...(features.reservations && random.chance(0.4)
      ? [
          {
            price_components: components(random, ['TIME', 'FLAT']),
            restrictions: { reservation: 'RESERVATION' },
          },
        ]
      : []),
    ...Array.from({ length: random.int(1, 5) }, () => element(random)),
  ],
  ...(random.chance(0.15) ? { min_price: limit(random) } : {}),
  ...(random.chance(0.15) ? { max_price: limit(random) } : {}),
  last_updated: '2026-01-01T00:00:00Z',
})

const text = (epochMs) => `${new Date(epochMs).toISOString().slice(0, 19)}Z`
const hours = (seconds) => Math.round((seconds / 3600) * 10_000) / 10_000

const flows = (random) => {
  const power = random.decimal(0, 50, 1)
  const current = random.int(0, 64)
  const spread = random.chance(0.5) ? 0 : random.int(1, 9)
  const all = [
    { type: 'MIN_POWER', volume: power },
    { type: 'MAX_POWER', volume: Math.round((power + spread) * 10) / 10 },
    { type: 'MIN_CURRENT', volume: current },
    { type: 'MAX_CURRENT', volume: current + spread },
  ]
  return random.chance(0.8) ? all : random.some(all, 0.5)
}

const period = (random, rough) => {
  // 36 s are 0.01 h.
  const seconds = rough ? random.int(1, 9000) : random.int(1, 250) * 36
  const kwh = random.chance(0.1) ? 0 : random.decimal(0, 30, random.pick([1, 3, 4]))
  const as = random.pick(['charging', 'charging', 'charging', 'parking', 'both', 'energy'])
  const energy = { type: 'ENERGY', volume: kwh }
  const time = (type, share = 1) => ({ type, volume: hours(seconds * share) })
  const dimensions = {
    charging: () => [energy, time('TIME'), ...flows(random)],
    parking: () => [time('PARKING_TIME'), ...flows(random)],
    both: () => [energy, time('TIME', 0.5), time('PARKING_TIME', 0.5), ...flows(random)],
    energy: () => [energy, ...flows(random)],
  }
  return { seconds, dimensions: dimensions[as]() }
}

/** One tariff and one session that may have been charged with it. */
export const pairFrom = (random, features) => {
  const rough = random.chance(0.1)
  const startMs = Date.parse(random.pick(STARTS)) + random.int(-24, 24) * 900_000
  const reserved =
    features.reservations && random.chance(0.3)
      ? [{ seconds: 1800, dimensions: [{ type: 'RESERVATION_TIME', volume: 0.5 }] }]
      : []
  const periods = [...reserved, ...Array.from({ length: random.int(1, 6) }, () => period(random, rough))]
  let atMs = startMs
  const charging_periods = periods.map(({ seconds, dimensions }) => {
    const start_date_time = text(atMs)
    atMs += seconds * 1000
    return { start_date_time, dimensions }
  })
  return {
    rough,
    tariff: tariff(random, features),
    session: {
      start_date_time: text(startMs),
      end_date_time: text(atMs),
      charging_periods,
      time_zone: random.pick(ZONES),
      session_id: 'S1',
    },
  }
}
