import type { ocpi230 } from '@interwatt/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PricingPolicy } from '../policy/policy.js'
import { priceSession } from '../price/price-session.js'
import type { SessionToPrice } from '../session/session.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { arbitrarySession, arbitraryTariff } from '../testing/arbitrary-tariffs.js'
import { element, energy, flat, parking, session, tariff, time } from '../testing/tariffs.js'
import { explain } from './explain.js'
import { explanationTable, TABLE_COLUMNS } from './explanation-table.js'
import { LANGUAGES, type Language } from './language.js'
import { sentences, sentencesText } from './sentences.js'
import { sessionStatements } from './session-statements.js'

const ZONE = 'Europe/Amsterdam'

const explained = (
  tariffs: ocpi230.Tariff | readonly ocpi230.Tariff[],
  given: SessionToPrice,
  policy: Partial<PricingPolicy> = {},
) => {
  const list: readonly ocpi230.Tariff[] = 'length' in tariffs ? tariffs : [tariffs]
  const compiled = compileTariffs(list, { policy })
  if (compiled.kind === 'refused') throw new Error(compiled.message)
  const price = priceSession(given, compiled)
  if (price.kind === 'refused') throw new Error(price.message)
  return explain(price, given.time_zone)
}

/** Spaces that languages put between a number and its unit, as plain ones. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

const told = (explanation: ReturnType<typeof explained>, language: Language): string =>
  plain(sentencesText(sentences(explanation, language)))

const feeAndEnergy = [element([flat(0.5, 20)]), element([energy(0.25, 100, 10)])]
const E03 = tariff(feeAndEnergy, { type: 'PROFILE_CHEAP' })
const E10 = tariff([...feeAndEnergy, element([parking(2, 900, 20)])])
const charged = (kwh: number, minutes = 60) => session('2026-01-12T11:00:00Z', [{ minutes, kwh }], ZONE)
const parked = session(
  '2026-01-12T11:00:00Z',
  [
    { minutes: 60, kwh: 20 },
    { minutes: 40, as: 'parking' },
  ],
  ZONE,
)

describe('a price in words', () => {
  it.each([
    [
      'en',
      'Start fee of €0.50 plus 20% VAT: €0.60.',
      'at €0.25 per kWh plus 10% VAT: €5.64.',
      'Total: €6.24.',
    ],
    [
      'de',
      'Startgebühr von 0,50 € zuzüglich 20 % MwSt.: 0,60 €.',
      '0,25 € pro kWh zuzüglich 10 % MwSt.: 5,64 €.',
      'Gesamtpreis: 6,24 €.',
    ],
    [
      'fr',
      'Frais de connexion de 0,50 € plus 20 % de TVA : 0,60 €.',
      '0,25 € par kWh plus 10 % de TVA : 5,64 €.',
      'Total : 6,24 €.',
    ],
    [
      'nl',
      'Starttarief van € 0,50 plus 20% btw: € 0,60.',
      '€ 0,25 per kWh plus 10% btw: € 5,64.',
      'Totaal: € 6,24.',
    ],
  ] as const)(
    'says in %s what was charged at which price, with amounts that add up (E-03a)',
    (language, ...parts) => {
      const text = told(explained(E03, charged(20.45)), language)
      for (const part of parts) expect(text).toContain(part)
    },
  )

  it.each([
    [
      'en',
      'without charging, at €2.00 per hour',
      'Billed 45 min because this operator counts in blocks of 15 min.',
    ],
    [
      'de',
      'ohne zu laden, zum Preis von 2,00 € pro Stunde',
      'Berechnet werden 45 min, weil dieser Betreiber in Schritten von 15 min abrechnet.',
    ],
    [
      'fr',
      'sans charger, au prix de 2,00 € par heure',
      '45 min sont facturés, car cet opérateur compte par tranches de 15 min.',
    ],
    [
      'nl',
      'zonder te laden, voor € 2,00 per uur',
      'Er wordt 45 min in rekening gebracht, omdat deze aanbieder in stappen van 15 min rekent.',
    ],
  ] as const)('says in %s why time was rounded up (E-10)', (language, ...parts) => {
    const text = told(explained(E10, parked), language)
    for (const part of parts) expect(text).toContain(part)
  })

  it.each([
    ['en', 'Billed 20.5 kWh because this operator counts in blocks of 100 Wh.'],
    ['de', 'Berechnet werden 20,5 kWh, weil dieser Betreiber in Schritten von 100 Wh abrechnet.'],
    ['fr', '20,5 kWh sont facturés, car cet opérateur compte par tranches de 100 Wh.'],
    ['nl', 'Er wordt 20,5 kWh in rekening gebracht, omdat deze aanbieder in stappen van 100 Wh rekent.'],
  ] as const)('says in %s why energy was rounded up (E-03a)', (language, part) => {
    expect(told(explained(E03, charged(20.45)), language)).toContain(part)
  })

  it('says that the total was rounded up where one price alone was not (E-14b)', () => {
    const tariffs = tariff([
      element([time(1.2, 1800)], { end_time: '17:00' }),
      element([time(2.4, 900)], { start_time: '17:00' }),
    ])
    const given = session('2026-01-12T15:35:00Z', [{ minutes: 25 }, { minutes: 10 }], ZONE)
    expect(told(explained(tariffs, given), 'en')).toContain(
      'Billed 20 min because this operator rounds the total up to blocks of 15 min.',
    )
  })

  it.each([
    ['en', 'it only holds on Saturday, and it was Monday.'],
    ['de', 'Er gilt nur am Samstag, es war aber Montag.'],
    ['fr', 'il ne vaut que le samedi, or c’était un lundi.'],
    ['nl', 'die geldt alleen op zaterdag, maar het was maandag.'],
  ] as const)('says in %s why another weekday did not apply', (language, part) => {
    const weekend = tariff([element([energy(0.2)], { day_of_week: ['SATURDAY'] }), element([energy(0.3)])])
    expect(told(explained(weekend, charged(10)), language)).toContain(part)
  })

  it.each([
    [{ start_time: '17:00' }, 'it only holds from 17:00, and it was 12:00.'],
    [{ end_time: '09:00' }, 'it only holds until 09:00, and it was 12:00.'],
    [{ start_date: '2026-06-01' }, 'it only holds from 1 June 2026 on, and it was 12 January 2026.'],
    [{ min_kwh: 20 }, 'it only holds after the first 20 kWh, and 0 kWh had been charged.'],
    [{ min_duration: 3600 }, 'it only holds from 1 h after the start, and 0 min had passed.'],
    [{ min_power: 50 }, 'it only holds while charging at 50 kW or more, and the power was 10 kW.'],
    [{ max_power: 5 }, 'it only holds while charging at less than 5 kW, and the power was 10 kW.'],
  ])('says in human terms why %j did not hold', (restrictions, part) => {
    const tariffs = tariff([element([energy(0.2)], restrictions), element([energy(0.3)])])
    expect(told(explained(tariffs, charged(10)), 'en')).toContain(part)
  })

  it('says what was free and why its price did not apply (TAR-032)', () => {
    const tariffs = tariff([element([energy(0.3)]), element([parking(5)], { start_time: '18:00' })])
    const text = told(explained(tariffs, parked), 'en')
    expect(text).toContain('Staying plugged in after charging (40 min) costs nothing.')
    expect(text).toContain('Another price (parking after charging) did not apply: it only holds from 18:00')
  })

  it.each([
    [
      { min_price: { before_taxes: 5, after_taxes: 5.5 } },
      'this makes up the difference: €3.85.',
      'Total: €5.50.',
    ],
    [{ max_price: { before_taxes: 1, after_taxes: 1.1 } }, 'this is taken off: -€0.55.', 'Total: €1.10.'],
  ])('tells a limit as an amount of its own: %j (TAR-078)', (limits, ...parts) => {
    const text = told(explained(tariff([element([energy(0.25, 1, 10)])], limits), charged(6)), 'en')
    for (const part of parts) expect(text).toContain(part)
  })

  it.each([
    ['NO', 10, 'Total: €1.10. This includes €0.10 of VAT at 10%.'],
    ['NO', undefined, 'Total before tax: €1.00. Taxes are added to this.'],
    ['YES', undefined, 'Total: €1.00. Taxes are included; how much they are is not known.'],
    ['N/A', undefined, 'Total: €1.00. There is no tax on it.'],
  ] as const)('tells taxes of tax_included %s and vat %s (T-09, TAR-080)', (tax_included, vat, part) => {
    expect(
      told(explained(tariff([element([energy(0.25, 1, vat)])], { tax_included }), charged(4)), 'en'),
    ).toContain(part)
  })

  const reservation = [
    element([flat(4, 20)], { reservation: 'RESERVATION_EXPIRES' }),
    element([time(2, 600, 20)], { reservation: 'RESERVATION' }),
    ...feeAndEnergy,
  ]

  it.each([
    [
      'en',
      'Fee of €4.00 plus 20% VAT because the reservation was not used: €4.80.',
      'kept free for 1 h and not used',
    ],
    [
      'de',
      'Gebühr von 4,00 € zuzüglich 20 % MwSt., weil die Reservierung nicht genutzt wurde: 4,80 €.',
      '1 h frei gehalten',
    ],
    [
      'fr',
      'Frais de 4,00 € plus 20 % de TVA, car la réservation n’a pas été utilisée : 4,80 €.',
      'gardée libre 1 h',
    ],
    [
      'nl',
      'Kosten van € 4,00 plus 20% btw, omdat de reservering niet is gebruikt: € 4,80.',
      '1 uur vrijgehouden',
    ],
  ] as const)('says in %s what a reservation cost that was not used (E-17b)', (language, ...parts) => {
    const expired = session('2026-01-12T11:00:00Z', [{ minutes: 60, as: 'reserved' }], ZONE)
    const text = told(explained(tariff(reservation), expired), language)
    for (const part of parts) expect(text).toContain(part)
  })

  it('calls the fee of charging a start fee although a reservation came before (E-17a)', () => {
    const used = session(
      '2026-01-12T11:00:00Z',
      [
        { minutes: 22, as: 'reserved' },
        { minutes: 60, kwh: 20 },
      ],
      ZONE,
    )
    const explanation = explained(tariff(reservation), used)
    expect(told(explanation, 'en')).toContain(
      'The charger was reserved for you for 22 min, at €2.00 per hour',
    )
    expect(told(explanation, 'en')).toContain('Start fee of €0.50 plus 20% VAT: €0.60.')
    expect(explanationTable(explanation).rows.map(({ what }) => what)).toContain('Start fee')
  })

  it.each([
    ['en', 'You charged 5 kWh free of charge.', 'during the first 30 min, and 30 min had passed'],
    ['de', 'Sie haben 5 kWh geladen, kostenlos.', 'in den ersten 30 min, vergangen waren aber 30 min.'],
    [
      'fr',
      'Vous avez chargé 5 kWh, gratuitement.',
      'jusqu’à 30 min après le début, or 30 min s’étaient écoulées',
    ],
    ['nl', 'Je hebt 5 kWh geladen, gratis.', 'gedurende de eerste 30 min, maar er was 30 min verstreken'],
  ] as const)('says in %s what was free and when the next price began (R-2)', (language, ...parts) => {
    const tariffs = tariff([
      element([energy(0, 1, 20)], { max_duration: 1800 }),
      element([energy(0.25, 1, 20)]),
    ])
    const given = session(
      '2026-01-12T11:00:00Z',
      [
        { minutes: 30, kwh: 5 },
        { minutes: 10, kwh: 1.2 },
      ],
      ZONE,
    )
    const text = told(explained(tariffs, given), language)
    for (const part of parts) expect(text).toContain(part)
  })

  it('says that a free session costs nothing, without a fee of nothing (E-05)', () => {
    const text = told(explained(tariff([element([flat(0)])]), charged(4)), 'en')
    expect(text).toContain('This session costs nothing.')
    expect(text).not.toContain('fee')
  })

  it('gives no total where some prices include tax and others do not', () => {
    const [one, other] = [
      tariff([element([energy(0.25)])], { id: 'A' }),
      tariff([element([energy(0.25)])], { id: 'B', tax_included: 'YES' }),
    ]
    const given = session('2026-01-12T11:00:00Z', [
      { minutes: 60, kwh: 4, tariff_id: 'A' },
      { minutes: 60, kwh: 4, tariff_id: 'B' },
    ])
    expect(told(explained([one, other], given), 'en')).toContain('No total can be given')
  })

  it('gives rounding a line of its own where a policy rounds more than the last digit', () => {
    const text = told(explained(tariff([element([energy(0.3)])]), charged(4.5), { rounding_digits: 0 }), 'en')
    expect(text).toContain('Rounding: -€0.35.')
    expect(text).toContain('Total before tax: €1.00.')
  })
})

describe('any price in words', () => {
  const printed = (text: string): bigint => BigInt(text.replace(/[^\d-]/g, ''))

  it('has lines that add up to the total as they are printed, and no gaps', () => {
    fc.assert(
      fc.property(arbitraryTariff, arbitrarySession, (given, of) => {
        const explanation = explained(given, of)
        const { lines, total } = sessionStatements(explanation)
        if (total !== undefined) {
          const sum = lines.reduce((units, { amount }) => units + (amount?.units ?? 0n), 0n)
          expect(sum).toBe(total.units)
          const words = sentences(explanation, 'en')
          const shown = words.lines.flatMap(({ amount }) => (amount === undefined ? [] : [printed(amount)]))
          expect(shown.reduce((units, amount) => units + amount, 0n)).toBe(total.units)
        }
        for (const language of LANGUAGES) {
          const text = told(explanation, language)
          expect(text).not.toMatch(/undefined|NaN|Infinity|\$\{|\[object/)
          expect(text).not.toMatch(/ {2}|\(\)|: \.|\.\./)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('has a table with every column in every language, whose total is that of the price', () => {
    fc.assert(
      fc.property(arbitraryTariff, arbitrarySession, fc.constantFrom(...LANGUAGES), (given, of, language) => {
        const { header, rows } = explanationTable(explained(given, of), language)
        expect(TABLE_COLUMNS.every((column) => header[column] !== '')).toBe(true)
        for (const row of rows)
          for (const column of TABLE_COLUMNS) expect(row[column]).not.toMatch(/undefined|NaN/)
        expect(rows.at(-1)?.what).not.toBe('')
      }),
      { numRuns: 60 },
    )
  })
})

it('tells an operator where in the tariff a line comes from, its step and what was passed over', () => {
  const tariffs = tariff([element([energy(0.2)], { start_time: '17:00' }), ...feeAndEnergy])
  const { rows } = explanationTable(explained(tariffs, charged(20.45)), 'en')
  expect(rows.map(({ what }) => what)).toEqual(['Start fee', 'Energy', 'Rounding', 'Charging time', 'Total'])
  expect(rows[1]).toMatchObject({ measured: '20.45 kWh', billed: '20.5 kWh', before_taxes: '€5.125' })
  expect(rows[1]?.why).toBe(
    '/elements/2/price_components/0 of T1; rounded up to step_size 100 Wh; /elements/0 fails start_time 17:00 (12:00)',
  )
  expect(rows[3]?.why).toBe('no element prices it')
})
