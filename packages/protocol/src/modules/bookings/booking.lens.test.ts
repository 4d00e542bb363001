import { describe, expect, it } from 'vitest'
import { convert, lossesBetween, lower } from '../../lens/index.js'
import { parseDocument } from '../../validation/index.js'
import { Tariff } from '../tariffs/v230.js'
import { Cancellation, ReservationStatus } from './v230.js'

describe('bookings towards 2.2.1', () => {
  it.each(['booking_location', 'calendar', 'booking', 'booking_request'] as const)(
    'withholds a %s with a reason, whole or as a PATCH',
    (name) => {
      for (const form of ['whole', 'patch'] as const)
        expect(convert(name, '2.3.0', '2.2.1', { id: 'B1' }, form)).toMatchObject({
          kind: 'withheld',
          reason: 'the target version has no bookings',
        })
      const rows = lossesBetween('2.3.0', '2.2.1').filter((row) => row.document === name)
      expect(rows).toEqual([
        expect.objectContaining({ pointer: '', reason: expect.stringMatching(/no bookings/) }),
      ])
    },
  )

  it('leaves elements for bookings out of a tariff, which would price every session otherwise', () => {
    const element = (restrictions?: object) => ({
      price_components: [{ type: 'FLAT', price: 2, step_size: 1 }],
      ...(restrictions ? { restrictions } : {}),
    })
    const tariff = { tax_included: 'NO', elements: [element({ booking: 'BOOKING' }), element()] }
    expect(lower('tariff', '2.2.1', tariff, 'whole')).toMatchObject({
      kind: 'document',
      document: { elements: [element()] },
      losses: [{ pointer: '/elements/0', severity: 'lost' }],
    })
    const booked = { tax_included: 'NO', elements: [element({ booking: 'BOOKING' })] }
    expect(lower('tariff', '2.2.1', booked, 'whole').kind).toBe('withheld')
  })

  it('drops booking_id of a CDR and counts booked time as reservation and parking time', () => {
    const cdr = {
      booking_id: 'B1',
      charging_periods: [
        {
          dimensions: [
            { type: 'RESERVATION_EXPIRES', volume: 1 },
            { type: 'RESERVATION_OVERTIME', volume: 2 },
          ],
        },
      ],
    }
    const lowered = lower('cdr', '2.2.1', cdr, 'whole')
    expect(lowered).toMatchObject({
      document: {
        charging_periods: [
          {
            dimensions: [
              { type: 'RESERVATION_TIME', volume: 1 },
              { type: 'PARKING_TIME', volume: 2 },
            ],
          },
        ],
      },
    })
    expect(lowered.losses.map(({ pointer }) => pointer)).toContain('/booking_id')
  })
})

describe('reading bookings', () => {
  it('prices bookings by FLAT and TIME only (BKG-058)', () => {
    const tariff = {
      country_code: 'DE',
      party_id: 'IWC',
      id: 'T1',
      currency: 'EUR',
      tax_included: 'NO',
      elements: [
        {
          price_components: [{ type: 'ENERGY', price: 1, step_size: 1 }],
          restrictions: { booking: 'BOOKING_EXPIRES' },
        },
      ],
      last_updated: '2026-01-01T00:00:00Z',
    }
    expect(parseDocument(Tariff, tariff, 'whole').findings).toMatchObject([
      { rule: 'BKG-058', severity: 'error' },
    ])
  })

  it('reads a reason nobody listed as UNKNOWN (BKG-038) and interface names as roles (BKG-041)', () => {
    const read = (cancellation: object) => {
      const parsed = parseDocument(Cancellation, cancellation, 'whole')
      return parsed.ok ? parsed.value : undefined
    }
    expect(read({ cancellation_reason: 'FLOOD', who_canceled: 'SENDER' })).toEqual({
      cancellation_reason: 'UNKNOWN',
      who_canceled: 'CPO',
    })
    expect(read({ cancellation_reason: 'traffic', who_canceled: 'RECEIVER' })).toEqual({
      cancellation_reason: 'TRAFFIC',
      who_canceled: 'EMSP',
    })
    expect(ReservationStatus.values).toContain('UNKNOWN')
  })
})
