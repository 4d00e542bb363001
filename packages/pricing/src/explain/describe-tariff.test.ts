import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Tariff } from '../../../protocol/src/modules/tariffs/v230.js'
import { arbitraryOf } from '../../../protocol/src/testing/index.js'
import { arbitraryTariff } from '../testing/arbitrary-tariffs.js'
import { element, energy, flat, parking, tariff, time } from '../testing/tariffs.js'
import { describeTariff } from './describe-tariff.js'
import { LANGUAGES, languageOf } from './language.js'

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')
const lines = (...given: Parameters<typeof describeTariff>): readonly string[] =>
  plain(describeTariff(...given).text).split('\n')

const day = tariff([
  element([energy(0.2, 1, 20)], { start_time: '22:00', end_time: '06:00' }),
  element([energy(0.3, 1, 20)]),
  element([flat(0.5, 20)]),
  element([parking(6, 900, 20)], {
    start_time: '08:00',
    end_time: '18:00',
    day_of_week: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'SATURDAY'],
  }),
])

describe('a tariff in words', () => {
  it('gives prices per kWh first, per minute next and fees last, with tax, and when they hold', () => {
    expect(lines(day, 'en')).toEqual([
      'Energy: €0.24 per kWh, from 22:00 to 06:00.',
      'Energy: otherwise €0.36 per kWh.',
      'Parking after charging: €0.12 per minute (€7.20 per hour), Monday to Wednesday and on Saturday, from 08:00 to 18:00.',
      'Parking after charging: otherwise free of charge.',
      'Parking after charging: counted in blocks of 15 min; a block that has begun is paid in full.',
      'Start fee: €0.60.',
      'All prices include VAT (20%).',
      'Times and days are those at the charging station.',
    ])
  })

  it.each([
    [
      'de',
      'Strom: sonst 0,36 € pro kWh.',
      'Standzeit nach dem Laden: 0,12 € pro Minute (7,20 € pro Stunde), von Montag bis Mittwoch und am Samstag, von 08:00 bis 18:00 Uhr.',
      'Alle Preise enthalten die MwSt. (20 %).',
    ],
    [
      'fr',
      'Énergie : sinon 0,36 € par kWh.',
      'Stationnement après la charge : 0,12 € par minute (7,20 € par heure), du lundi au mercredi et le samedi, de 8 h à 18 h.',
      'Tous les prix comprennent la TVA (20 %).',
    ],
    [
      'nl',
      'Stroom: anders € 0,36 per kWh.',
      'Aangesloten na het laden: € 0,12 per minuut (€ 7,20 per uur), van maandag tot en met woensdag en op zaterdag, van 08:00 tot 18:00 uur.',
      'Alle prijzen zijn inclusief btw (20%).',
    ],
  ] as const)('says the same in %s', (language, ...parts) => {
    for (const part of parts) expect(lines(day, language)).toContain(part)
  })

  it.each([
    ['en', 'Charging is free of charge.'],
    ['de', 'Das Laden ist kostenlos.'],
    ['fr', 'La recharge est gratuite.'],
    ['nl', 'Laden is gratis.'],
  ] as const)(
    'says in %s that a free tariff is free, and nothing else (TAR-034, TAR-035)',
    (language, text) => {
      expect(lines(tariff([element([flat(0)])]), language)).toEqual([text])
    },
  )

  it.each([
    ['YES', undefined, 'All prices include tax.'],
    ['YES', 19, 'All prices include VAT (19%).'],
    ['NO', undefined, 'All prices are before tax; taxes are added to them.'],
    ['NO', 19, 'All prices include VAT (19%).'],
    ['N/A', undefined, 'No tax is added to the prices.'],
  ] as const)('words taxes of tax_included %s and vat %s (T-09)', (tax_included, vat, text) => {
    expect(lines(tariff([element([energy(0.5, 1, vat)])], { tax_included }), 'en')).toContain(text)
  })

  it('reads a missing vat as no tax in the version that says so', () => {
    const given = tariff([element([energy(0.5)])])
    expect(lines(given, 'en', { version: '2.2.1' })).toContain('No tax is added to the prices.')
    expect(lines(given, 'en', { version: '2.1.1' })).toContain(
      'All prices are before tax; taxes are added to them.',
    )
  })

  it('tells limits with tax where it is known, validity in the zone of the station, and the type', () => {
    const given = tariff([element([energy(0.5, 1, 19)])], {
      type: 'AD_HOC_PAYMENT',
      min_price: { before_taxes: 1, after_taxes: 1.19 },
      max_price: { before_taxes: 20 },
      start_date_time: '2026-03-01T00:00:00Z',
      end_date_time: '2026-06-30T22:00:00Z',
      tariff_alt_url: 'https://cpo.example/prices',
    })
    const text = lines(given, 'en', { timeZone: 'Europe/Berlin' })
    expect(text).toContain('Price for paying on the spot, without a contract.')
    expect(text).toContain('A session costs at least €1.19.')
    expect(text).toContain('A session costs at most €20.00 before tax.')
    expect(text).toContain('Valid from 1 March 2026 at 01:00 until 1 July 2026 at 00:00.')
    expect(text).toContain('More about this price: https://cpo.example/prices')
    expect(lines(given, 'en')).toContain(
      'Valid from 1 March 2026 at 00:00 UTC until 30 June 2026 at 22:00 UTC.',
    )
  })

  it('tells what a reservation costs, and one that is not used', () => {
    const given = tariff([
      element([flat(2), time(6)], { reservation: 'RESERVATION' }),
      element([flat(4)], { reservation: 'RESERVATION_EXPIRES' }),
      element([flat(3)], { booking: 'BOOKING_CANCELLATION_FEES' }),
      element([energy(0.5)]),
    ])
    const text = lines(given, 'en')
    expect(text).toContain('Reserved time: €0.10 per minute (€6.00 per hour).')
    expect(text).toContain('Reservation fee: €2.00.')
    expect(text).toContain('Fee for an unused reservation: €4.00.')
    expect(text).toContain('Cancellation fee: €3.00.')
  })

  it.each([
    ['en', 'Energy: free of charge, during the first hour.'],
    ['de', 'Strom: kostenlos, in der ersten Stunde.'],
    ['fr', 'Énergie : gratuit, pendant la première heure.'],
    ['nl', 'Stroom: gratis, in het eerste uur.'],
  ] as const)('says in %s what is free for a while', (language, text) => {
    const given = tariff([element([energy(0)], { max_duration: 3600 }), element([energy(0.5)])])
    expect(lines(given, language)).toContain(text)
  })

  it('leaves out what can never apply, and says no "otherwise" where windows do not meet', () => {
    const given = tariff([
      element([energy(0.2)], { end_time: '17:00' }),
      element([energy(0.3)], { start_time: '17:00' }),
      element([energy(0.4)]),
      element([energy(0.9)]),
    ])
    const text = lines(given, 'en')
    expect(text).toContain('Energy: €0.30 per kWh, from 17:00.')
    expect(text.join(' ')).not.toContain('€0.90')
  })

  it("shows the operator's own text in the language, or all of them where there is none", () => {
    const texts = [
      { language: 'de', text: 'Nachts günstiger.' },
      { language: 'en', text: 'Cheaper at night.' },
    ]
    const given = tariff([element([energy(0.2)])], { tariff_alt_text: texts })
    expect(lines(given, 'de')).toContain('Nachts günstiger.')
    expect(lines(given, 'de')).not.toContain('Cheaper at night.')
    expect(lines(given, 'nl')).toEqual(expect.arrayContaining(['Nachts günstiger.', 'Cheaper at night.']))
  })

  it('has words in every language for every statement of any tariff', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryTariff, arbitraryOf(Tariff)), (given) => {
        for (const language of LANGUAGES) {
          const { statements, text } = describeTariff(given, language, { timeZone: 'Europe/Paris' })
          const own = statements.filter(({ statement }) => !['text', 'more'].includes(statement.kind))
          expect(own.every((one) => one.text.length > 3)).toBe(true)
          expect(own.map((one) => one.text).join(' ')).not.toMatch(/undefined|NaN|Infinity|\[object/)
          expect(text.split('\n').length).toBeGreaterThanOrEqual(statements.length)
        }
      }),
      { numRuns: 200 },
    )
  })
})

it('takes a language by any tag of it', () => {
  expect([languageOf('de-AT'), languageOf('FR'), languageOf('nl_BE'), languageOf('sv')]).toEqual([
    'de',
    'fr',
    'nl',
    undefined,
  ])
})
