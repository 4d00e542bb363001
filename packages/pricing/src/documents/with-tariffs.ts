import type { ocpi230 } from '@interwatt/protocol'

/**
 * A CDR as if it had been made with other tariffs. A single one prices all of its periods, whatever tariff they name;
 * of several each period keeps the one it names.
 */
export const withTariffs = (cdr: ocpi230.CDR, tariffs: readonly ocpi230.Tariff[]): ocpi230.CDR => {
  if (tariffs.length === 0) return cdr
  if (tariffs.length > 1) return { ...cdr, tariffs: [...tariffs] }
  const charging_periods = cdr.charging_periods.map(({ tariff_id: _named, ...period }) => period)
  return { ...cdr, tariffs: [...tariffs], charging_periods }
}
