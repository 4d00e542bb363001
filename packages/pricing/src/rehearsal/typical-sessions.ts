import type { ocpi230 } from '@interwatt/protocol'
import type { Outcome } from '../session/session.js'

/** One stretch of a typical session. */
export interface TypicalStretch {
  readonly as: 'reserved' | 'charging' | 'parking'
  readonly minutes: number
  readonly kwh?: number
  /** Current summed over phases, where a car draws AC. */
  readonly amperes?: number
}

/** A session as drivers have them. */
export interface TypicalSession {
  readonly id: string
  readonly title: string
  /** In local time. */
  readonly start: { readonly day: ocpi230.DayOfWeek; readonly time: string }
  readonly stretches: readonly TypicalStretch[]
  /** What became of the reservation; only for sessions that have one and nothing else. */
  readonly outcome?: Outcome
}

const charging = (minutes: number, kwh: number, amperes?: number): TypicalStretch => ({
  as: 'charging',
  minutes,
  kwh,
  ...(amperes === undefined ? {} : { amperes }),
})
const parking = (minutes: number): TypicalStretch => ({ as: 'parking', minutes })
const reserved = (minutes: number): TypicalStretch => ({ as: 'reserved', minutes })

/** Twenty sessions that together touch what tariffs usually tell apart: power, time, day, length, parking, reservations. */
export const TYPICAL_SESSIONS: readonly TypicalSession[] = [
  {
    id: 'ac-overnight',
    title: 'AC overnight, 11 kW, 38 kWh, then plugged in until morning',
    start: { day: 'TUESDAY', time: '19:30' },
    stretches: [charging(210, 38, 48), parking(480)],
  },
  {
    id: 'ac-overnight-slow',
    title: 'AC overnight, 3.7 kW, 30 kWh',
    start: { day: 'MONDAY', time: '21:00' },
    stretches: [charging(490, 30, 16), parking(110)],
  },
  {
    id: 'ac-workday',
    title: 'AC at work, 11 kW, 20 kWh, plugged in all day',
    start: { day: 'WEDNESDAY', time: '08:15' },
    stretches: [charging(115, 20, 48), parking(395)],
  },
  {
    id: 'ac-shopping',
    title: 'AC while shopping, 22 kW, 15 kWh in 45 min',
    start: { day: 'THURSDAY', time: '17:20' },
    stretches: [charging(45, 15, 96)],
  },
  {
    id: 'ac-hybrid',
    title: 'Plug-in hybrid, 3.7 kW, 8 kWh',
    start: { day: 'FRIDAY', time: '12:00' },
    stretches: [charging(135, 8, 16), parking(15)],
  },
  {
    id: 'ac-weekend-evening',
    title: 'AC on a Saturday evening, 11 kW, 22 kWh',
    start: { day: 'SATURDAY', time: '18:45' },
    stretches: [charging(125, 22, 48), parking(40)],
  },
  {
    id: 'ac-sunday',
    title: 'AC on a Sunday, 11 kW, 30 kWh, then parked for an hour',
    start: { day: 'SUNDAY', time: '11:00' },
    stretches: [charging(165, 30, 48), parking(60)],
  },
  {
    id: 'ac-topup',
    title: 'Top-up of 3 kWh',
    start: { day: 'TUESDAY', time: '10:30' },
    stretches: [charging(18, 3, 48)],
  },
  {
    id: 'long-parking',
    title: 'AC, 11 kW, 12 kWh, then left for two days',
    start: { day: 'FRIDAY', time: '17:00' },
    stretches: [charging(70, 12, 48), parking(2_740)],
  },
  {
    id: 'never-started',
    title: 'Plugged in for 5 min, a tenth of a kWh',
    start: { day: 'MONDAY', time: '09:00' },
    stretches: [charging(5, 0.1, 48)],
  },
  {
    id: 'dc-quick',
    title: 'Quick DC stop, 150 kW, 30 kWh in 15 min',
    start: { day: 'WEDNESDAY', time: '14:10' },
    stretches: [charging(15, 30)],
  },
  {
    id: 'dc-long-trip',
    title: 'DC on a long trip, 60 kWh in 35 min',
    start: { day: 'SATURDAY', time: '10:40' },
    stretches: [charging(12, 30), charging(23, 30)],
  },
  {
    id: 'dc-winter',
    title: 'DC with a cold battery, 50 kW, 35 kWh in 50 min',
    start: { day: 'THURSDAY', time: '07:50' },
    stretches: [charging(50, 35)],
  },
  {
    id: 'dc-overstay',
    title: 'DC, 40 kWh in 30 min, then 25 min too long',
    start: { day: 'FRIDAY', time: '16:30' },
    stretches: [charging(30, 40), parking(25)],
  },
  {
    id: 'dc-night',
    title: 'DC at night, 45 kWh in 30 min',
    start: { day: 'SUNDAY', time: '02:15' },
    stretches: [charging(30, 45)],
  },
  {
    id: 'dc-weekend-evening',
    title: 'DC on a Sunday evening, 50 kWh in 32 min',
    start: { day: 'SUNDAY', time: '20:00' },
    stretches: [charging(32, 50)],
  },
  {
    id: 'dc-truck',
    title: 'Truck, 350 kW, 220 kWh in 45 min',
    start: { day: 'TUESDAY', time: '12:30' },
    stretches: [charging(45, 220)],
  },
  {
    id: 'reservation-used',
    title: 'Reserved for 20 min, then 25 kWh in 20 min',
    start: { day: 'WEDNESDAY', time: '18:00' },
    stretches: [reserved(20), charging(20, 25)],
  },
  {
    id: 'reservation-unused',
    title: 'Reserved for 30 min and not used',
    start: { day: 'WEDNESDAY', time: '18:00' },
    stretches: [reserved(30)],
    outcome: 'expired',
  },
  {
    id: 'across-midnight',
    title: 'AC across midnight, 11 kW, 24 kWh from Friday to Saturday',
    start: { day: 'FRIDAY', time: '23:00' },
    stretches: [charging(130, 24, 48)],
  },
]
