import { error, warning } from '../../schema/check-result.js'
import { numberAt, objectAt, objectsAt, repeatedIndexes, textAt } from '../../schema/field-values.js'
import { check, type ObjectCheck, type ObjectSchema } from '../../schema/index.js'

const RESERVATION_DIMENSIONS: readonly unknown[] = ['FLAT', 'TIME']

/** TAR-046: a step size is never negative; 0 is accepted and read as 1. */
export const stepIsNotNegative = check(['step_size'], (component) =>
  (numberAt(component, 'step_size') ?? 0) < 0
    ? [error('/step_size', 'step_size is negative', 'TAR-046')]
    : [],
)

const flatAndTimeOnly = (
  restriction: 'reservation' | 'booking',
  { what, rule }: { readonly what: string; readonly rule: string },
): ObjectCheck =>
  check(['restrictions', 'price_components'], (element) => {
    const restrictions = objectAt(element, 'restrictions')
    if (restrictions === undefined || textAt(restrictions, restriction) === undefined) return []
    return objectsAt(element, 'price_components').flatMap((component, index) =>
      RESERVATION_DIMENSIONS.includes(component.type)
        ? []
        : [
            error(
              `/price_components/${index}/type`,
              `an element for ${what} has only FLAT and TIME components`,
              rule,
            ),
          ],
    )
  })

/** TAR-040: an element for reservations prices only FLAT and TIME. */
export const reservationDimensions = flatAndTimeOnly('reservation', { what: 'reservations', rule: 'TAR-040' })

/** BKG-058: an element for bookings prices only FLAT and TIME. */
export const bookingDimensions = flatAndTimeOnly('booking', { what: 'bookings', rule: 'BKG-058' })

/** TAR-047: one component per dimension in an element; of several the first counts. */
export const dimensionsDiffer = check(['price_components'], (element) => {
  const types = objectsAt(element, 'price_components').map((component) => textAt(component, 'type') ?? '')
  return repeatedIndexes(types).map((index) =>
    warning(
      `/price_components/${index}`,
      'the element prices this dimension already; only the first component counts',
      'TAR-047',
    ),
  )
})

const foldName = (name: string): string => name.replaceAll('_', '').toLowerCase().replace(/s$/, '')

const resembling = (known: readonly string[]): ((name: string) => string | undefined) => {
  const exact = new Set(known)
  const folded = new Map(known.map((name) => [foldName(name), name]))
  return (name) => (exact.has(name) || name.length > 64 ? undefined : folded.get(foldName(name)))
}

/**
 * The same object, warning of names that only resemble its fields: an ignored `dayOfWeek` or `restriction` changes
 * the price without anyone noticing.
 */
export const exactly = <S extends ObjectSchema>(schema: S): S => {
  const meantBy = resembling(Object.keys(schema.fields))
  const namesAreExact = check([], (value) =>
    Object.keys(value).flatMap((name) => {
      const meant = meantBy(name)
      if (meant === undefined) return []
      const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      const message = `an unknown field is ignored although it resembles ${meant}`
      return [{ ...warning(pointer, message, schema.anchor), code: 'unknown_field' as const }]
    }),
  )
  return { ...schema, checks: [...schema.checks, namesAreExact] }
}
