import type { ocpi230 } from '@interwatt/protocol'
import { priceSession } from '../price/price-session.js'
import { partPrice, publish, totalPrice } from '../publish/publish.js'
import type { SessionToPrice } from '../session/session.js'
import { type CompileOptions, compileTariffs } from '../tariff/compile-tariffs.js'

const hoursBetween = (from: string, to: string): number =>
  Math.round(((Date.parse(to) - Date.parse(from)) / 3_600_000) * 10_000) / 10_000

const sumOf = (periods: readonly ocpi230.ChargingPeriod[], type: ocpi230.CdrDimensionType): number => {
  const volumes = periods.flatMap(({ dimensions }) =>
    dimensions.filter((dimension) => dimension.type === type),
  )
  return Math.round(volumes.reduce((sum, { volume }) => sum + volume, 0) * 10_000) / 10_000
}

/** A CDR of a made-up operator with the totals that its session costs under its tariffs, all of them stated. */
export const cdrOf = (
  session: SessionToPrice,
  tariffs: readonly ocpi230.Tariff[],
  others: Partial<ocpi230.CDR> = {},
  options: CompileOptions = {},
): ocpi230.CDR => {
  const compiled = compileTariffs(tariffs, options)
  if (compiled.kind === 'refused') throw new Error(compiled.message)
  const price = priceSession({ session_id: 'S1', ...session }, compiled)
  if (price.kind === 'refused') throw new Error(price.message)
  const total = totalPrice(publish(price)) ?? { before_taxes: 0 }
  const part = (name: Parameters<typeof partPrice>[1]) => partPrice(price, name) ?? { before_taxes: 0 }
  const { start_date_time, end_date_time, charging_periods } = session
  const parking = sumOf(charging_periods, 'PARKING_TIME')
  return {
    country_code: 'DE',
    party_id: 'CPO',
    id: 'CDR1',
    start_date_time,
    end_date_time,
    session_id: 'S1',
    cdr_token: {
      country_code: 'NL',
      party_id: 'MSP',
      uid: '04A1',
      type: 'RFID',
      contract_id: 'NLMSPC00000001',
    },
    auth_method: 'WHITELIST',
    cdr_location: {
      id: 'LOC1',
      address: 'Marktplatz 1',
      city: 'Bremen',
      country: 'DEU',
      coordinates: { latitude: '53.076000', longitude: '8.807000' },
      evse_uid: 'E1',
      evse_id: 'DE*CPO*E1',
      connector_id: '1',
      connector_standard: 'IEC_62196_T2',
      connector_format: 'SOCKET',
      connector_power_type: 'AC_3_PHASE',
    },
    currency: compiled.currency,
    tariffs: [...tariffs],
    charging_periods: [...charging_periods],
    total_cost: total,
    total_fixed_cost: part('fixed'),
    total_energy: sumOf(charging_periods, 'ENERGY'),
    total_energy_cost: part('energy'),
    total_time: hoursBetween(start_date_time, end_date_time),
    total_time_cost: part('time'),
    ...(parking === 0 ? {} : { total_parking_time: parking }),
    total_parking_cost: part('parking'),
    total_reservation_cost: part('reservation'),
    last_updated: end_date_time,
    ...others,
  }
}
