import type { ocpi230 } from '@interwatt/protocol'

const instant = (text: string | undefined, otherwise: number): number =>
  text === undefined ? otherwise : Date.parse(text)

/**
 * The tariff of a connector that a session without any of its own had: valid when it started, for regular sessions, an
 * exact type before none, of several the one that began last (tariffs 4.2).
 */
export const chooseTariff = (
  tariffs: readonly ocpi230.Tariff[],
  startedAt: string,
): ocpi230.Tariff | undefined => {
  const at = Date.parse(startedAt)
  const fits = tariffs.filter(
    ({ type, start_date_time, end_date_time }) =>
      (type === undefined || type === 'REGULAR') &&
      instant(start_date_time, Number.NEGATIVE_INFINITY) <= at &&
      at < instant(end_date_time, Number.POSITIVE_INFINITY),
  )
  const regular = fits.filter(({ type }) => type === 'REGULAR')
  const [first, ...others] = regular.length > 0 ? regular : fits
  return others.reduce<ocpi230.Tariff | undefined>(
    (latest, tariff) =>
      instant(tariff.start_date_time, Number.NEGATIVE_INFINITY) >
      instant(latest?.start_date_time, Number.NEGATIVE_INFINITY)
        ? tariff
        : latest,
    first,
  )
}
